import { FakeRedmine } from '../tests/support/fake-redmine/fake-redmine.js';
import { RecordingProxy } from './recording-proxy.js';

/** A Redmine to measure with, behind a proxy that counts. */
export interface RedmineServer {
  readonly kind: 'fake' | 'real';
  readonly proxy: RecordingProxy;
  readonly apiKey: string;
  /** Variables that let Alertree keep its tickets there. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Redmine's rules without its work: every answer comes after the delay, so what is left is Alertree's own time. */
export async function fakeServer(delayMs: number): Promise<RedmineServer> {
  const fake = await FakeRedmine.start();
  const proxy = await RecordingProxy.start(fake.url, delayMs);
  const bot = fake.model.users.find((user) => user.login === 'alertree');
  const project = fake.model.projects[0]?.identifier ?? '';
  const place = placeOf(proxy, bot?.apiKey ?? '', project);
  return {
    kind: 'fake',
    ...place,
    stop: async () => {
      proxy.stop();
      await fake.stop();
    },
  };
}

/**
 * A project of its own in the Redmine of the tests (`REDMINE_URL`, else `REDMINE_PORT` of this machine), with the role
 * that the bot has elsewhere. Removed afterwards. null where no Redmine answers.
 */
export async function realServer(): Promise<RedmineServer | null> {
  const { REDMINE_URL, REDMINE_PORT = '13000', REDMINE_ADMIN_KEY = '' } = process.env;
  const apiKey = process.env['REDMINE_API_KEY'] ?? process.env['REDMINE_BOT_KEY'] ?? '';
  const url = (REDMINE_URL ?? `http://127.0.0.1:${REDMINE_PORT}`).replace(/\/+$/, '');
  if (!/^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(`${url}/`)) throw new Error('Only of this machine.');
  const isUp = await fetch(url).then(
    () => true,
    () => false,
  );
  if (!isUp) return null;
  const admin = new RedmineAdmin(url, REDMINE_ADMIN_KEY);
  const project = await admin.makeProject(apiKey);
  const proxy = await RecordingProxy.start(url);
  return {
    kind: 'real',
    ...placeOf(proxy, apiKey, project),
    stop: async () => {
      proxy.stop();
      await admin.ask('DELETE', `/projects/${project}.json`);
    },
  };
}

/** Those that were asked for on the command line (`fake`, `real`); without a word all that there are. */
export async function serversAskedFor(delayMs: number): Promise<readonly RedmineServer[]> {
  const [word] = process.argv.slice(2);
  const fake = word === 'real' ? null : await fakeServer(delayMs);
  const real = word === 'fake' ? null : await realServer();
  if (real === null && word !== 'fake') console.log('No Redmine answers: npm run servers:up starts one.');
  return [fake, real].filter((server) => server !== null);
}

function placeOf(
  proxy: RecordingProxy,
  apiKey: string,
  project: string,
): Pick<RedmineServer, 'proxy' | 'apiKey' | 'env'> {
  const env = { REDMINE_URL: proxy.url, REDMINE_API_KEY: apiKey, REDMINE_PROJECT_ID: project };
  return { proxy, apiKey, env };
}

interface Membership {
  readonly project: { readonly id: number };
  readonly roles: readonly { readonly id: number }[];
}

class RedmineAdmin {
  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  async makeProject(botKey: string): Promise<string> {
    const { user } = (await this.ask('GET', '/users/current.json?include=memberships', { key: botKey })) as {
      user: { readonly id: number; readonly memberships: readonly Membership[] };
    };
    const roles = user.memberships[0]?.roles.map((role) => role.id) ?? [];
    const { trackers } = (await this.ask('GET', '/trackers.json')) as { trackers: readonly { id: number }[] };
    const identifier = `bench-${Date.now().toString(36)}`;
    const tracker_ids = trackers.map((tracker) => tracker.id);
    const project = { name: identifier, identifier, is_public: false, tracker_ids };
    await this.ask('POST', '/projects.json', { body: { project } });
    const membership = { user_id: user.id, role_ids: roles };
    await this.ask('POST', `/projects/${identifier}/memberships.json`, { body: { membership } });
    return identifier;
  }

  async ask(
    method: string,
    path: string,
    given: { readonly key?: string; readonly body?: unknown } = {},
  ): Promise<unknown> {
    const headers = { 'Content-Type': 'application/json', 'X-Redmine-API-Key': given.key ?? this.key };
    const body = given.body === undefined ? null : JSON.stringify(given.body);
    const response = await fetch(`${this.url}${path}`, { method, headers, body });
    const text = await response.text();
    if (!response.ok) throw new Error(`Redmine answers ${response.status} to ${method} ${path}: ${text}`);
    return text === '' ? null : JSON.parse(text);
  }
}
