import { startRedmine, type RedmineKind, type RedmineServer } from '../../integration/support/servers.js';
import { bodyOf, firing, on, resolved } from '../app/bodies.js';
import { startApp, type Environment, type RunningApp } from '../app/running-app.js';
import { untilTrue } from '../app/until.js';
import { CountingProxy } from './counting-proxy.js';
import { Person } from './person.js';
import { SeenRedmine } from './seen-redmine.js';

/** A root that was looked at before so long is looked at again before it gets a child or its last child closes. */
const LOOK_MS = 31_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const NAME = 'Server ICMP-Check';
const ENDED = on(16, '12:30');

/** Asked for once in a test file: making sure of it takes seconds. */
const running = new Map<RedmineKind, Promise<RedmineServer>>();
afterAll(async () => {
  for (const server of running.values()) await (await server).removeProject();
});

function redmineOf(kind: RedmineKind): Promise<RedmineServer> {
  const server = running.get(kind) ?? startRedmine(kind);
  running.set(kind, server);
  return server;
}

/** An Alertree with an empty store before an emptied project of the real Redmine, and a person who works there too. */
export class Stage {
  readonly redmine: SeenRedmine;
  readonly person: Person;

  private constructor(
    readonly server: RedmineServer,
    readonly proxy: CountingProxy,
    private readonly env: Environment,
    public app: RunningApp,
  ) {
    this.redmine = new SeenRedmine(server);
    this.person = new Person(server);
  }

  static async set(settings: Environment = {}, kind: RedmineKind = 'default'): Promise<Stage> {
    const server = await redmineOf(kind);
    await server.reset();
    const proxy = await CountingProxy.to(server.url);
    const env = { ...variablesOf(server, proxy.url), ...settings };
    return new Stage(server, proxy, env, await startApp(env));
  }

  /** Alerts of one group fire, in the order of their names; all that follows is done when this resolves. */
  async fire(...instances: readonly string[]): Promise<void> {
    await this.app.hear(bodyOf(...instances.map((instance) => firing(NAME, instance))));
  }

  async fireAnew(instance: string): Promise<void> {
    await this.app.hear(bodyOf(firing(NAME, instance, on(16, '12:45'))));
  }

  async end(...instances: readonly string[]): Promise<void> {
    await this.app.hear(bodyOf(...instances.map((instance) => resolved(NAME, instance, ENDED))));
  }

  /** So long that what Alertree knows of a root has to be looked at again. */
  letLooksAge(): Promise<void> {
    return this.app.pass(LOOK_MS);
  }

  /** So long that what was gathered is told. */
  letNotesGather(): Promise<void> {
    return this.app.pass(11 * MINUTE_MS);
  }

  /** Longer than it takes until what was refused is tried again. */
  letRefusalsAge(): Promise<void> {
    return this.app.pass(HOUR_MS + MINUTE_MS);
  }

  async restart(): Promise<void> {
    this.app = await this.app.restart(this.env);
  }

  /** Its data folder is deleted, and it starts anew; resolves when it has adopted what is open in Redmine. */
  async loseStore(): Promise<void> {
    await this.app.dispose();
    this.app = await startApp(this.env);
    const adopted = () => this.app.logger.linesOf('open tickets of the backend are known').length > 0;
    await untilTrue('the open tickets are adopted', adopted);
  }

  /** What is written to Redmine while this is done. */
  async writesDuring(work: () => Promise<void>): Promise<readonly string[]> {
    const before = this.proxy.writes.length;
    await work();
    return this.proxy.writes.slice(before);
  }

  /**
   * What Redmine is asked once all is quiet: anything about issues in the next minutes, and writes in the hours after
   * that. Nothing, unless something goes round in circles.
   */
  async furtherRequests(): Promise<readonly string[]> {
    await this.app.quiet();
    const asked = this.proxy.aboutIssues.length;
    for (let minute = 0; minute < 3; minute += 1) await this.app.pass(MINUTE_MS);
    const soon = this.proxy.aboutIssues.slice(asked);
    const later = await this.writesDuring(async () => {
      for (let times = 0; times < 3; times += 1) await this.app.pass(2 * HOUR_MS);
    });
    return [...soon, ...later];
  }

  async dispose(): Promise<void> {
    await this.app.dispose();
    await this.proxy.dispose();
  }
}

/** What points an Alertree at the Redmine of the tests, or at what stands before it. */
export function variablesOf(server: RedmineServer, url = server.url): Environment {
  return { REDMINE_URL: url, REDMINE_API_KEY: server.botKey, REDMINE_PROJECT_ID: server.project };
}
