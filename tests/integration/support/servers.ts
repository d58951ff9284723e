import { z } from 'zod';
import { ComposeProject } from './compose-project.js';
import { required } from './required.js';
import { createTestProject, removeTestProject } from './test-project.js';

/** A real Redmine with the keys of three users: an administrator, Alertree's own with few rights, and a person. */
export interface RedmineServer {
  readonly url: string;
  readonly adminKey: string;
  readonly botKey: string;
  readonly humanKey: string;
  /** The identifier of a project that only this caller knows: test files may run side by side. */
  readonly project: string;
  /** Ends Redmine, not its database; connections are refused until it is started again. */
  stop(): Promise<void>;
  /** Resolves when it answers again, at the same URL. */
  start(): Promise<void>;
  /** What it runs in; null: it is not ours. */
  readonly containers: ComposeProject | null;
  /** Deletes all issues of the project. */
  reset(): Promise<void>;
  /** Deletes the project; for the end of a test file. */
  removeProject(): Promise<void>;
}

/** Where a Redmine is, and the project that the seed or its owner made there. */
export type RedmineAccess = Pick<RedmineServer, 'url' | 'adminKey' | 'botKey' | 'humanKey' | 'project'>;

/** Redmine on PostgreSQL in English, one with Japanese default data, one on SQLite, and two that are killed. */
const KINDS = {
  default: 'redmine.env',
  japanese: 'redmine-japanese.env',
  sqlite: 'redmine-sqlite.env',
  killed: 'redmine-kills.env',
  'killed-sqlite': 'redmine-kills-sqlite.env',
} as const;
export type RedmineKind = keyof typeof KINDS;

const SERVICE = 'redmine';
const PORT = 3000;
/** Redmine lists at most so many issues at a time. */
const PAGE = 100;
const NOT_OURS = { stop: notOurs, start: notOurs, containers: null };
const ISSUES = z.object({ issues: z.array(z.object({ id: z.number() })) });

/**
 * Starts a Redmine for tests, or finds it running, and makes a project there for the caller; it is left running for the
 * next test file, and `npm run servers:down` removes it. `REDMINE_URL` in the environment points the tests at any other
 * Redmine instead of the default one, with `REDMINE_API_KEY`, `REDMINE_ADMIN_KEY`, `REDMINE_HUMAN_KEY` and
 * `REDMINE_PROJECT_ID`: the users have the roles in the new projects that they have in that one.
 */
export async function startRedmine(kind: RedmineKind = 'default'): Promise<RedmineServer> {
  const elsewhere = process.env['REDMINE_URL'] ?? '';
  if (elsewhere !== '' && kind === 'default') return serverAt(foreignAccess(elsewhere), NOT_OURS);
  const containers = new ComposeProject(KINDS[kind]);
  await containers.join(SERVICE);
  const access = {
    url: `http://${await containers.published(SERVICE, PORT)}`,
    adminKey: required(containers.variables, 'REDMINE_ADMIN_KEY'),
    botKey: required(containers.variables, 'REDMINE_BOT_KEY'),
    humanKey: required(containers.variables, 'REDMINE_HUMAN_KEY'),
    project: 'alerts',
  };
  return serverAt(access, {
    stop: () => containers.stop(SERVICE),
    start: () => containers.start(SERVICE),
    containers,
  });
}

async function serverAt(
  seeded: RedmineAccess,
  power: Pick<RedmineServer, 'stop' | 'start' | 'containers'>,
): Promise<RedmineServer> {
  const access = { ...seeded, project: await createTestProject(seeded) };
  return {
    ...access,
    ...power,
    reset: () => deleteIssues(access),
    removeProject: () => removeTestProject(access),
  };
}

function foreignAccess(url: string): RedmineAccess {
  return {
    url: url.replace(/\/+$/, ''),
    adminKey: required(process.env, 'REDMINE_ADMIN_KEY'),
    botKey: required(process.env, 'REDMINE_API_KEY'),
    humanKey: required(process.env, 'REDMINE_HUMAN_KEY'),
    project: required(process.env, 'REDMINE_PROJECT_ID'),
  };
}

function notOurs(): Promise<never> {
  return Promise.reject(new Error('the Redmine that REDMINE_URL points at is not ours to stop or start'));
}

/** A page in one request, which takes Redmine some 15 ms an issue: children one by one would take twice as long. */
async function deleteIssues(access: RedmineAccess): Promise<void> {
  const headers = { 'X-Redmine-API-Key': access.adminKey };
  const filter = new URLSearchParams({ project_id: access.project, status_id: '*', limit: String(PAGE) });
  for (;;) {
    const page = await fetch(`${access.url}/issues.json?${filter.toString()}`, { headers });
    const { issues } = ISSUES.parse(await page.json());
    if (issues.length === 0) return;
    const ids = issues.map(({ id }) => `ids[]=${id}`).join('&');
    const answer = await fetch(`${access.url}/issues.json?${ids}`, { method: 'DELETE', headers });
    if (!answer.ok) throw new Error(`Redmine answered ${answer.status} to deleting ${issues.length} issues`);
  }
}
