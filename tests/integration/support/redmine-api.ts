import { z } from 'zod';

const USER = z.object({ user: z.object({ login: z.string(), admin: z.boolean() }) });
const STATUSES = z.object({
  issue_statuses: z.array(z.object({ id: z.number(), name: z.string(), is_closed: z.boolean() })),
});
const ISSUE = z.object({
  issue: z.object({
    id: z.number(),
    subject: z.string(),
    status: z.object({ is_closed: z.boolean() }),
    parent: z.object({ id: z.number() }).optional(),
  }),
});
const MEMBERSHIPS = z.object({
  user: z.object({
    memberships: z.array(z.object({ roles: z.array(z.object({ id: z.number() })) })),
  }),
});
const ROLE = z.object({ role: z.object({ permissions: z.array(z.string()) }) });
const COUNT = z.object({ total_count: z.number() });

/** Redmine's REST API in one user's hands, as little of it as these tests need. */
export class RedmineApi {
  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  async me(): Promise<z.infer<typeof USER>['user']> {
    return USER.parse(await this.read('users/current.json')).user;
  }

  /** All that this user may do in any project, each once. */
  async permissions(): Promise<readonly string[]> {
    const { user } = MEMBERSHIPS.parse(await this.read('users/current.json?include=memberships'));
    const ids = new Set(user.memberships.flatMap(({ roles }) => roles.map(({ id }) => id)));
    const roles = await Promise.all(
      [...ids].map(async (id) => ROLE.parse(await this.read(`roles/${id}.json`))),
    );
    return [...new Set(roles.flatMap(({ role }) => role.permissions))];
  }

  async statuses(): Promise<z.infer<typeof STATUSES>['issue_statuses']> {
    return STATUSES.parse(await this.read('issue_statuses.json')).issue_statuses;
  }

  async closedStatus(): Promise<number> {
    const closed = (await this.statuses()).find((status) => status.is_closed);
    if (closed === undefined) throw new Error('this Redmine has no closed status');
    return closed.id;
  }

  /** Gives the id of the new issue. */
  async create(issue: Readonly<Record<string, string | number>>): Promise<number> {
    const answer = await this.send('POST', 'issues.json', { issue });
    return ISSUE.parse(await answer.json()).issue.id;
  }

  async update(id: number, issue: Readonly<Record<string, string | number>>): Promise<void> {
    await this.send('PUT', `issues/${id}.json`, { issue });
  }

  async show(id: number): Promise<z.infer<typeof ISSUE>['issue']> {
    return ISSUE.parse(await this.read(`issues/${id}.json`)).issue;
  }

  async remove(id: number): Promise<void> {
    await this.send('DELETE', `issues/${id}.json`);
  }

  /** How many issues a project has, closed ones included. */
  async count(project: string): Promise<number> {
    return COUNT.parse(await this.read(`issues.json?project_id=${project}&status_id=*`)).total_count;
  }

  private async read(path: string): Promise<unknown> {
    return (await this.send('GET', path)).json();
  }

  private async send(method: string, path: string, body?: object): Promise<Response> {
    const answer = await fetch(`${this.url}/${path}`, {
      method,
      headers: { 'X-Redmine-API-Key': this.key, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`Redmine answered ${answer.status} to ${method} ${path}`);
    return answer;
  }
}
