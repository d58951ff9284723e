import type { Issue } from '../../../src/infrastructure/tickets/redmine/redmine-answers.js';

/** Redmine as its administrator, or whoever the key belongs to, sees it; whatever it refuses is an error of the test. */
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
