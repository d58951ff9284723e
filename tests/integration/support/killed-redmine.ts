import type { Issue } from '../../../src/infrastructure/tickets/redmine/redmine-answers.js';
import { until } from '../../support/app/until.js';
import type { HeldTicket } from '../../support/kills/checker.js';
import { heldTicket } from '../../support/kills/held-ticket.js';
import type { OutlivingRedmine } from '../../support/kills/kill-world.js';
import { AdminOfRedmine } from './admin-of-redmine.js';
import { AnswerTally } from './answer-tally.js';
import type { ComposeProject } from './compose-project.js';
import { forwardTo, type Forwarder } from './forwarder.js';
import { startRedmine, type RedmineServer } from './servers.js';

/**
 * What is done to a Redmine: one of its workers is killed, or stopped for so long that what it was asked comes late; all
 * of it is killed, or one of PostgreSQL's backends, or all of PostgreSQL.
 */
export type Blow = 'kill worker' | 'stop worker' | 'kill redmine' | 'kill backend' | 'kill postgres';

/** Redmine lists at most so many issues at a time. */
const PAGE = 100;
const AT_ONCE = 4;

/** Kills are aimed at work, at a random moment of it; after so long at whatever is there. */
const AIM_SECONDS = 3;
/** Longer than the tests' Alertree waits for what comes late. */
const STOP_SECONDS = 15;

/** The first worker that takes up computing time. */
const FIND_A_WORKER = `
  workers=$(cat /proc/1/task/*/children)
  spent() { awk '{ print $14 + $15 }' "/proc/$1/stat"; }
  declare -A before
  for victim in $workers; do before[$victim]=$(spent "$victim"); done
  until [ "$SECONDS" -ge ${AIM_SECONDS} ]; do
    for victim in $workers; do [ "$(spent "$victim")" = "\${before[$victim]}" ] || break 2; done
  done
  sleep "0.$((RANDOM % 2))$((RANDOM % 10))"`;
/** Its master, process 1, starts another. */
const KILL_A_WORKER = `${FIND_A_WORKER}; kill -9 "$victim"`;
const STOP_A_WORKER = `${FIND_A_WORKER}; kill -STOP "$victim"; sleep ${STOP_SECONDS}; kill -CONT "$victim"`;

/** The first backend that writes. PostgreSQL then ends all others, and recovers as after a crash. */
const KILL_A_BACKEND = `
  those() { grep -lzE "^postgres: redmine redmine [0-9].*($1)" /proc/[0-9]*/cmdline | head -n 1; }
  until victim=$(those 'INSERT|UPDATE|COMMIT|transaction'); [ -n "$victim" ] || [ "$SECONDS" -ge ${AIM_SECONDS} ]; do :; done
  sleep "0.0$((RANDOM % 6))"
  [ -n "$victim" ] || victim=$(those .)
  kill -9 "$(cut -d / -f 3 <<<"$victim")"`;

/** A real Redmine with a project of its own, parts of which can be killed. Its administrator looks at the tickets. */
export class KilledRedmine implements OutlivingRedmine {
  readonly answers: AnswerTally;
  private readonly admin: AdminOfRedmine;

  private constructor(
    private readonly server: RedmineServer,
    private readonly containers: ComposeProject,
    private readonly way: { readonly forwarder: Forwarder; readonly tally: AnswerTally },
  ) {
    this.answers = way.tally;
    this.admin = new AdminOfRedmine(server.url, server.adminKey);
  }

  static async start(kind: 'killed' | 'killed-sqlite'): Promise<KilledRedmine> {
    const server = await startRedmine(kind);
    if (server.containers === null) throw new Error('only a Redmine of our own can be killed');
    const tally = new AnswerTally();
    const forwarder = await forwardTo(server.url, tally.watch);
    return new KilledRedmine(server, server.containers, { forwarder, tally });
  }

  get env(): Readonly<Record<string, string>> {
    const { botKey, project } = this.server;
    return { REDMINE_URL: this.way.forwarder.url, REDMINE_API_KEY: botKey, REDMINE_PROJECT_ID: project };
  }

  get isBusy(): boolean {
    return this.answers.isAwaited;
  }

  /** Resolves when Redmine, or what it lost, runs again. */
  async strike(blow: Blow): Promise<void> {
    if (blow === 'kill worker') await this.execute('redmine', KILL_A_WORKER);
    else if (blow === 'stop worker') await this.execute('redmine', STOP_A_WORKER);
    else if (blow === 'kill backend') await this.execute('postgres', KILL_A_BACKEND);
    else await this.replace(blow === 'kill postgres' ? 'postgres' : 'redmine');
  }

  async tickets(): Promise<readonly HeldTicket[]> {
    const ids = await this.ids();
    const held: HeldTicket[] = [];
    const line = async (): Promise<void> => {
      for (let id = ids.shift(); id !== undefined; id = ids.shift()) held.push(await this.ticket(id));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, line));
    return held.toSorted((one, other) => Number(one.id) - Number(other.id));
  }

  async stop(): Promise<void> {
    await this.way.forwarder.cutOff();
    await patiently(() => this.server.removeProject());
  }

  private async ids(): Promise<string[]> {
    const ids: string[] = [];
    const query = `project_id=${this.server.project}&status_id=*&sort=id&limit=${PAGE}`;
    for (let isLast = false; !isLast;) {
      const path = `/issues.json?${query}&offset=${ids.length}`;
      const { issues } = await patiently(() => this.admin.get<{ issues: readonly Issue[] }>(path));
      ids.push(...issues.map(({ id }) => String(id)));
      isLast = issues.length < PAGE;
    }
    return ids;
  }

  private async ticket(id: string): Promise<HeldTicket> {
    const issue = await patiently(() => this.admin.issue(id, 'journals'));
    return heldTicket({
      id: issue.id,
      parentId: issue.parent?.id ?? null,
      isOpen: !issue.status.is_closed,
      subject: issue.subject,
      description: issue.description ?? '',
      notes: issue.journals.map(({ notes }) => notes ?? ''),
      openedAt: Date.parse(issue.created_on),
      changedAt: Date.parse(issue.updated_on),
    });
  }

  private async replace(service: string): Promise<void> {
    await this.containers.kill(service);
    await this.containers.start(service);
  }

  /** A database that recovers, or a worker that is just being replaced, has nobody to kill for a moment. */
  private async execute(service: string, command: string): Promise<void> {
    await patiently(() => this.containers.exec(service, 'bash', '-c', command));
  }
}

/** The last refusal goes with the wait that was in vain: Redmine on SQLite refuses a reader now and then. */
function patiently<T>(ask: () => Promise<T>): Promise<T> {
  let refusal: unknown = null;
  const look = async (): Promise<{ readonly answer: T } | null> => {
    try {
      return { answer: await ask() };
    } catch (error) {
      refusal = error;
      return null;
    }
  };
  return until('Redmine does what it is asked', look).then(
    ({ answer }) => answer,
    (error: unknown) => {
      throw new Error(String(error), { cause: refusal });
    },
  );
}
