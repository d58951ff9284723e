import { HOUR, MINUTE } from '../../support/builders/alerts.js';
import type { Body, ModelAlert } from '../alerts.js';
import type { Tally } from '../tally.js';
import type { Timeline } from '../timeline.js';
import type { Statement } from './truth.js';

/** What was last notified of a group: the log that peers share. */
export interface LogEntry {
  readonly firing: ReadonlySet<ModelAlert>;
  readonly resolved: ReadonlySet<ModelAlert>;
  readonly at: number;
}

export interface Intervals {
  readonly groupWait: number;
  readonly groupInterval: number;
  readonly repeatInterval: number;
}

export const INTERVALS: readonly Intervals[] = [
  { groupWait: 30_000, groupInterval: 5 * MINUTE, repeatInterval: 4 * HOUR },
  { groupWait: 30_000, groupInterval: 5 * MINUTE, repeatInterval: 4 * HOUR },
  { groupWait: 10_000, groupInterval: 2 * MINUTE, repeatInterval: HOUR },
  { groupWait: 0, groupInterval: MINUTE, repeatInterval: 30 * MINUTE },
];

/** The second peer gives the first one so long to notify. */
const PEER_TIMEOUT = 15_000;

export interface PeerLinks {
  readonly timeline: Timeline;
  readonly tally: Tally;
  readonly intervals: Intervals;
  readonly isSilenced: (alert: ModelAlert) => boolean;
  /** One request; `done` hears whether it was answered by success. */
  readonly send: (body: Body, done: (isSuccess: boolean) => void) => void;
  readonly gossip: (from: Peer, group: string, entry: LogEntry) => void;
  readonly chance: { happens(probability: number): boolean; next(): number };
}

/**
 * One Alertmanager of a pair, by its own rules: it notifies of whole groups, first after `group_wait`, then as often as
 * `group_interval` allows if there is news, and of what goes on after `repeat_interval`. It retries until the interval
 * is over and then decides anew, from how things are then.
 */
export class Peer {
  private readonly alerts = new Map<ModelAlert, Statement>();
  private readonly groups = new Map<string, Set<ModelAlert>>();
  private readonly log = new Map<string, LogEntry>();

  constructor(
    private readonly position: number,
    private readonly links: PeerLinks,
  ) {}

  hear(statement: Statement): void {
    const { alert, endsAt } = statement;
    const members = this.groups.get(alert.name);
    if (endsAt !== null && members?.has(alert) !== true) return;
    this.alerts.set(alert, statement);
    if (members !== undefined) {
      members.add(alert);
      return;
    }
    this.groups.set(alert.name, new Set([alert]));
    this.links.timeline.in(this.links.intervals.groupWait, () => this.flush(alert.name));
  }

  learn(group: string, entry: LogEntry): void {
    const known = this.log.get(group);
    if (known === undefined || known.at < entry.at) this.log.set(group, entry);
  }

  /** A crash of this Alertmanager: what it had notified is forgotten, unless the other one tells. */
  forget(): void {
    this.log.clear();
  }

  private flush(group: string): void {
    const { timeline, intervals, isSilenced } = this.links;
    const members = this.groups.get(group) ?? new Set();
    const snapshot = [...members].flatMap((alert) => this.alerts.get(alert) ?? []);
    const body = snapshot.filter(({ alert }) => !isSilenced(alert)).map(factOf);
    const begun = timeline.now;
    const finish = (isSuccess: boolean): void => {
      if (isSuccess) this.removeResolved(group, snapshot);
      if (members.size === 0) this.groups.delete(group);
      else timeline.in(begun + intervals.groupInterval - timeline.now, () => this.flush(group));
    };
    if (snapshot.length > body.length) this.links.tally.count('alertmanager: silenced');
    timeline.in(this.position * PEER_TIMEOUT, () => this.notify(group, body, finish));
  }

  private notify(group: string, body: Body, finish: (isSuccess: boolean) => void): void {
    const { timeline, intervals, tally, gossip } = this.links;
    if (body.length === 0) return finish(true);
    const entry = { firing: new Set<ModelAlert>(), resolved: new Set<ModelAlert>(), at: timeline.now };
    for (const { status, alert } of body) entry[status].add(alert);
    if (!this.isNews(group, entry)) return finish(true);
    if (this.position > 0) tally.count("alertmanager: the second peer's copy");
    const deadline = timeline.now + Math.max(intervals.groupInterval, 10_000);
    this.attempt(body, { deadline, delay: 500 }, (isSuccess) => {
      if (isSuccess) {
        this.learn(group, { ...entry, at: timeline.now });
        gossip(this, group, { ...entry, at: timeline.now });
      }
      finish(isSuccess);
    });
  }

  private attempt(
    body: Body,
    given: { readonly deadline: number; readonly delay: number },
    finish: (isSuccess: boolean) => void,
  ): void {
    const { timeline, tally, chance } = this.links;
    this.links.send(body, (isSuccess) => {
      if (isSuccess) return finish(true);
      const delay = given.delay * (0.5 + chance.next());
      if (timeline.now + delay > given.deadline) {
        tally.count('alertmanager: gave up');
        return finish(false);
      }
      tally.count('alertmanager: retry');
      timeline.in(delay, () =>
        this.attempt(body, { ...given, delay: Math.min(60_000, given.delay * 1.5) }, finish),
      );
    });
  }

  private isNews(group: string, { firing, resolved, at }: LogEntry): boolean {
    const known = this.log.get(group);
    if (known === undefined) return firing.size > 0;
    if (!isWithin(firing, known.firing)) return true;
    if (firing.size === 0) return known.firing.size > 0;
    if (!isWithin(resolved, known.resolved)) return true;
    const isRepeat = known.at < at - this.links.intervals.repeatInterval;
    if (isRepeat) this.links.tally.count('alertmanager: repeat');
    return isRepeat;
  }

  /** What has fired again since stays. */
  private removeResolved(group: string, snapshot: readonly Statement[]): void {
    for (const statement of snapshot) {
      if (statement.endsAt === null || this.alerts.get(statement.alert) !== statement) continue;
      this.alerts.delete(statement.alert);
      this.groups.get(group)?.delete(statement.alert);
    }
  }
}

function isWithin(part: ReadonlySet<ModelAlert>, whole: ReadonlySet<ModelAlert>): boolean {
  for (const alert of part) if (!whole.has(alert)) return false;
  return true;
}

function factOf({ alert, startsAt, endsAt }: Statement): Body[number] {
  return { alert, status: endsAt === null ? 'firing' : 'resolved', startsAt, endsAt: endsAt ?? 0 };
}
