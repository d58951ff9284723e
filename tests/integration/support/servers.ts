import { z } from 'zod';
import { ComposeProject } from './compose-project.js';

/** A real Redmine with the keys of three users: an administrator, Alertree's own with few rights, and a person. */
export interface RedmineServer {
  readonly url: string;
  readonly adminKey: string;
  readonly botKey: string;
  readonly humanKey: string;
  /** The identifier of a project that the tests may empty. */
  readonly project: string;
  /** Ends Redmine, not its database; connections are refused until it is started again. */
  stop(): Promise<void>;
  /** Resolves when it answers again, at the same URL. */
  start(): Promise<void>;
  /** Deletes all issues of the project. */
  reset(): Promise<void>;
}

/** Redmine on PostgreSQL in English, one with Japanese default data, and one on SQLite. */
const KINDS = {
  default: 'redmine.env',
  japanese: 'redmine-japanese.env',
  sqlite: 'redmine-sqlite.env',
} as const;
export type RedmineKind = keyof typeof KINDS;

const SERVICE = 'redmine';
const PORT = 3000;
/** Redmine lists at most so many issues at a time. */
const PAGE = 100;
const ISSUES = z.object({ issues: z.array(z.object({ id: z.number() })) });

/**
 * Starts a Redmine for tests, or finds it running; it is left running for the next test file, and
 * `npm run servers:down` removes it. `REDMINE_URL` in the environment points the tests at any other Redmine instead of
 * the default one, with `REDMINE_API_KEY`, `REDMINE_ADMIN_KEY`, `REDMINE_HUMAN_KEY` and `REDMINE_PROJECT_ID`: the tests
 * empty that project.
 */
export async function startRedmine(kind: RedmineKind = 'default'): Promise<RedmineServer> {
  const elsewhere = process.env['REDMINE_URL'] ?? '';
  if (elsewhere !== '' && kind === 'default') return foreignRedmine(elsewhere);
  const project = new ComposeProject(KINDS[kind]);
  await project.up(SERVICE);
  const access = {
    url: `http://${await project.published(SERVICE, PORT)}`,
    adminKey: required(project.variables, 'REDMINE_ADMIN_KEY'),
    botKey: required(project.variables, 'REDMINE_BOT_KEY'),
    humanKey: required(project.variables, 'REDMINE_HUMAN_KEY'),
    project: 'alerts',
  };
  return {
    ...access,
    stop: () => project.stop(SERVICE),
    start: () => project.start(SERVICE),
    reset: () => deleteIssues(access),
  };
}

/** Removes a Redmine of the tests with its data. */
export async function removeRedmine(kind: RedmineKind): Promise<void> {
  await new ComposeProject(KINDS[kind]).down();
}

function foreignRedmine(url: string): RedmineServer {
  const access = {
    url: url.replace(/\/+$/, ''),
    adminKey: required(process.env, 'REDMINE_ADMIN_KEY'),
    botKey: required(process.env, 'REDMINE_API_KEY'),
    humanKey: required(process.env, 'REDMINE_HUMAN_KEY'),
    project: required(process.env, 'REDMINE_PROJECT_ID'),
  };
  return { ...access, stop: notOurs, start: notOurs, reset: () => deleteIssues(access) };
}

function notOurs(): Promise<never> {
  return Promise.reject(new Error('the Redmine that REDMINE_URL points at is not ours to stop or start'));
}

/** A page in one request, which takes Redmine some 15 ms an issue: children one by one would take twice as long. */
async function deleteIssues(access: Pick<RedmineServer, 'url' | 'adminKey' | 'project'>): Promise<void> {
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

function required(variables: Readonly<Record<string, string | undefined>>, name: string): string {
  const value = variables[name] ?? '';
  if (value === '') throw new Error(`${name} must be set`);
  return value;
}
