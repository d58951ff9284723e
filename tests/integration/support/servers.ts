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

const SERVICE = 'redmine';
const LANGUAGES = { en: 'redmine-en.env', ja: 'redmine-ja.env' } as const;
/** Redmine lists and we delete at most so many issues at a time. */
const PAGE = 100;

/**
 * Starts the Redmine of the tests, or finds it running; it is left running for the next test file, and
 * `npm run servers:down` removes it. `REDMINE_URL` in the environment points the tests at any other Redmine, with
 * `REDMINE_API_KEY`, `REDMINE_ADMIN_KEY`, `REDMINE_HUMAN_KEY` and `REDMINE_PROJECT_ID`: that project is emptied.
 */
export async function startRedmine(language: keyof typeof LANGUAGES = 'en'): Promise<RedmineServer> {
  const elsewhere = process.env['REDMINE_URL'] ?? '';
  if (elsewhere !== '' && language === 'en') return foreignRedmine(elsewhere);
  const project = new ComposeProject(LANGUAGES[language]);
  await project.up(SERVICE);
  const keys = {
    url: `http://${await project.published(SERVICE, 3000)}`,
    adminKey: required(project.variables, 'REDMINE_ADMIN_KEY'),
    botKey: required(project.variables, 'REDMINE_BOT_KEY'),
    humanKey: required(project.variables, 'REDMINE_HUMAN_KEY'),
    project: 'alerts',
  };
  return {
    ...keys,
    stop: () => project.stop(SERVICE),
    start: () => project.start(SERVICE),
    reset: () => deleteIssues(keys),
  };
}

/** Removes a Redmine of the tests with its data. */
export async function removeRedmine(language: keyof typeof LANGUAGES): Promise<void> {
  await new ComposeProject(LANGUAGES[language]).down();
}

function foreignRedmine(url: string): RedmineServer {
  const keys = {
    url: url.replace(/\/+$/, ''),
    adminKey: required(process.env, 'REDMINE_ADMIN_KEY'),
    botKey: required(process.env, 'REDMINE_API_KEY'),
    humanKey: required(process.env, 'REDMINE_HUMAN_KEY'),
    project: required(process.env, 'REDMINE_PROJECT_ID'),
  };
  const refuse = (): Promise<never> =>
    Promise.reject(new Error('a Redmine that REDMINE_URL points at is not ours to stop or start'));
  return { ...keys, stop: refuse, start: refuse, reset: () => deleteIssues(keys) };
}

async function deleteIssues(server: Pick<RedmineServer, 'url' | 'adminKey' | 'project'>): Promise<void> {
  const headers = { 'X-Redmine-API-Key': server.adminKey };
  const filter = new URLSearchParams({
    project_id: server.project,
    status_id: '*',
    limit: String(PAGE),
  });
  for (;;) {
    const page = await fetch(`${server.url}/issues.json?${filter.toString()}`, { headers });
    const ids = idsOf(await page.json());
    if (ids.length === 0) return;
    const query = new URLSearchParams(ids.map((id) => ['ids[]', String(id)]));
    const answer = await fetch(`${server.url}/issues.json?${query.toString()}`, {
      method: 'DELETE',
      headers,
    });
    if (!answer.ok) throw new Error(`Redmine answered ${answer.status} to deleting issues`);
  }
}

function idsOf(page: unknown): readonly number[] {
  const { issues } = page as { readonly issues: readonly { readonly id: number }[] };
  return issues.map((issue) => issue.id);
}

function required(variables: Readonly<Record<string, string | undefined>>, name: string): string {
  const value = variables[name] ?? '';
  if (value === '') throw new Error(`${name} must be set`);
  return value;
}
