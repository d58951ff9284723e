import { RedmineApi } from '../../integration/support/redmine-api.js';

/** Somebody who works with Redmine by its own means. */
export class Person {
  private readonly api: RedmineApi;

  constructor(
    private readonly access: { readonly url: string; readonly humanKey: string; readonly project: string },
  ) {
    this.api = new RedmineApi(access.url, access.humanKey);
  }

  /** Gives the id of the new issue. */
  opens(subject: string, parentId?: number): Promise<number> {
    const parent = parentId === undefined ? {} : { parent_issue_id: parentId };
    return this.api.create({ project_id: this.access.project, subject, ...parent });
  }

  /** Sets a status by its name. */
  async sets(id: number, status: 'Resolved' | 'Closed' | 'Rejected' | 'In Progress' | '解決'): Promise<void> {
    const found = (await this.api.statuses()).find(({ name }) => name === status);
    if (found === undefined) throw new Error(`This Redmine has no status ${status}.`);
    await this.api.update(id, { status_id: found.id });
  }

  /** The key line goes with the rest of the old description. */
  rewrites(id: number): Promise<void> {
    return this.api.update(id, { description: 'I look after this myself.' });
  }

  moves(id: number, parentId: number): Promise<void> {
    return this.api.update(id, { parent_issue_id: parentId });
  }

  deletes(id: number): Promise<void> {
    return this.api.remove(id);
  }
}
