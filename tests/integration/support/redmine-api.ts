interface Status {
  readonly id: number;
  readonly name: string;
  readonly is_closed: boolean;
}

/** Redmine's REST API in one user's hands, as little of it as these tests need. */
export class RedmineApi {
  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  async me(): Promise<{ readonly login: string; readonly admin: boolean }> {
    const { user } = await this.json<{ user: { login: string; admin: boolean } }>('GET', 'users/current');
    return { login: user.login, admin: user.admin };
  }

  async statuses(): Promise<readonly Status[]> {
    return (await this.json<{ issue_statuses: Status[] }>('GET', 'issue_statuses')).issue_statuses;
  }

  async closedStatus(): Promise<number> {
    const closed = (await this.statuses()).find((status) => status.is_closed);
    if (closed === undefined) throw new Error('this Redmine has no closed status');
    return closed.id;
  }

  /** Gives the id of the new issue. */
  async create(issue: object): Promise<number> {
    return (await this.json<{ issue: { id: number } }>('POST', 'issues', { issue })).issue.id;
  }

  async update(id: number, issue: object): Promise<void> {
    const answer = await this.send('PUT', `issues/${id}`, { issue });
    if (!answer.ok) throw new Error(`Redmine answered ${answer.status} to updating ${id}`);
  }

  async show(id: number): Promise<unknown> {
    return (await this.json<{ issue: unknown }>('GET', `issues/${id}`)).issue;
  }

  /** Gives the status code of the answer. */
  async remove(id: number): Promise<number> {
    return (await this.send('DELETE', `issues/${id}`)).status;
  }

  /** How many issues a project has, closed ones included. */
  async count(project: string): Promise<number> {
    const page = await this.json<{ total_count: number }>('GET', 'issues', undefined, {
      project_id: project,
      status_id: '*',
    });
    return page.total_count;
  }

  // oxlint-disable-next-line max-params -- the parts of a request
  private async json<T>(
    method: string,
    path: string,
    body?: object,
    query: Readonly<Record<string, string>> = {},
  ): Promise<T> {
    const answer = await this.send(method, path, body, query);
    if (!answer.ok) throw new Error(`Redmine answered ${answer.status} to ${method} ${path}`);
    return (await answer.json()) as T;
  }

  private send(method: string, path: string, body?: object, query: Readonly<Record<string, string>> = {}) {
    return fetch(`${this.url}/${path}.json?${new URLSearchParams(query).toString()}`, {
      method,
      headers: { 'X-Redmine-API-Key': this.key, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }
}
