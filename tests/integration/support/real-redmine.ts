import type { Issue } from '../../../src/infrastructure/tickets/redmine/redmine-answers.js';

/** A Redmine that was started for tests, from the environment alone. */
export interface RealRedmine {
  readonly url: string;
  readonly adminKey: string;
  /** Of a user whose role may view, add and edit issues, add notes and manage subtasks, and nothing else. */
  readonly botKey: string;
  /** A project that the bot is a member of, with that role. */
  readonly project: string;
}

export function realRedmine(): RealRedmine {
  return {
    url: variable('REDMINE_URL'),
    adminKey: variable('ADMIN_KEY'),
    botKey: variable('BOT_KEY'),
    project: variable('PROJECT'),
  };
}

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`${name} must name the Redmine of the tests`);
  return value;
}

/** Redmine as its administrator sees it; whatever it refuses is an error of the test. */
export class AdminOfRedmine {
  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  async get<T>(path: string): Promise<T> {
    return (await (await this.ask('GET', path)).json()) as T;
  }

  async post<T>(path: string, body: unknown): Promise<T> {
    return (await (await this.ask('POST', path, body)).json()) as T;
  }

  async put(path: string, body: unknown): Promise<void> {
    await this.ask('PUT', path, body);
  }

  async remove(path: string): Promise<void> {
    await this.ask('DELETE', path);
  }

  async issue(id: string, include = ''): Promise<Issue> {
    return (await this.get<{ issue: Issue }>(`/issues/${id}.json?include=${include}`)).issue;
  }

  /** null: there is none. */
  async issueIfAny(id: string): Promise<Issue | null> {
    const answer = await this.send('GET', `/issues/${id}.json?include=journals`);
    if (answer.status === 404) return null;
    return ((await answer.json()) as { issue: Issue }).issue;
  }

  private async ask(method: string, path: string, body?: unknown): Promise<Response> {
    const answer = await this.send(method, path, body);
    if (answer.ok) return answer;
    throw new Error(`Redmine answered ${answer.status} to ${method} ${path}: ${await answer.text()}`);
  }

  private send(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(this.url + path, {
      method,
      headers: { 'X-Redmine-API-Key': this.key, 'Content-Type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }
}
