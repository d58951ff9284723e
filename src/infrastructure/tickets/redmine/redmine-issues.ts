import { TicketBackendError } from '../../../application/ports/ticket-backend-error.js';
import { answer, type Issue } from './redmine-answers.js';
import type { Choices } from './redmine-choices.js';
import type { Query, RedmineCall } from './redmine-client.js';
import { answerFailure, issueNotFound } from './redmine-failure.js';
import { isIssueId } from './redmine-mapper.js';

/** Redmine's own limit: more is never answered. */
export const PAGE_SIZE = 100;
/** Pages of one search; longer ones are no search any more. */
const MOST_PAGES = 20;

export interface IssuePage {
  readonly issues: readonly Issue[];
  /** The last that Redmine showed, be it filtered out here or not. */
  readonly last: Issue | null;
  readonly isFull: boolean;
}

/** Reads issues. That one is not found is to be believed only by who sees the project. */
export class RedmineIssues {
  /** Throws `not-found` when there is no such issue. */
  async one(call: RedmineCall, id: string, include = ''): Promise<Issue> {
    const path = this.pathOf(id);
    try {
      return answer('issue', await call.get(path, include === '' ? {} : { include })).issue;
    } catch (error) {
      throw notFoundOf(error, id);
    }
  }

  /** Of an issue. Throws `not-found` for what is no id, with which another address would be asked. */
  pathOf(id: string): string {
    if (!isIssueId(id)) throw issueNotFound(id);
    return `/issues/${id}.json`;
  }

  /** At most 100 issues by id, open and closed, in any project; without those that cannot be seen. */
  async byIds(call: RedmineCall, ids: readonly string[]): Promise<readonly Issue[]> {
    const query = { issue_id: ids.join(','), status_id: '*', limit: String(PAGE_SIZE) };
    const { issues } = answer('issues', await call.get('/issues.json', query));
    const asked = new Set(ids);
    // A filter that Redmine does not know is ignored, so what was not asked for may be among them.
    return issues.filter((issue) => asked.has(String(issue.id)));
  }

  /** The first issues that pass the filter, in any project. */
  async filtered(call: RedmineCall, filter: Query): Promise<readonly Issue[]> {
    const query = { limit: String(PAGE_SIZE), sort: 'id', ...filter };
    return answer('issues', await call.get('/issues.json', query)).issues;
  }

  /** A page of issues in any project. */
  async page(call: RedmineCall, filter: Query): Promise<IssuePage> {
    const issues = await this.filtered(call, filter);
    return { issues, last: issues.at(-1) ?? null, isFull: issues.length >= PAGE_SIZE };
  }

  /** A page of the project's own issues. Its subprojects are places of their own. */
  async pageOfProject(call: RedmineCall, { inventory }: Choices, filter: Query): Promise<IssuePage> {
    const { id } = inventory.project;
    const page = await this.page(call, { project_id: String(id), subproject_id: '!*', ...filter });
    return { ...page, issues: page.issues.filter((issue) => issue.project.id === id) };
  }

  /** Everything in any project that passes the filter, by id. */
  async search(call: RedmineCall, filter: Query): Promise<readonly Issue[]> {
    const found: Issue[] = [];
    let after = 0;
    for (let pages = 0; pages < MOST_PAGES; pages += 1) {
      const beyond = { ...filter, sort: 'id', issue_id: `>=${after + 1}` };
      const page = await this.page(call, beyond);
      found.push(...page.issues);
      if (!page.isFull || page.last === null) return found;
      after = page.last.id;
    }
    throw answerFailure('read', 'a search that it must have ignored finds everything');
  }
}

/** What a 404 to a request for an issue means. */
export function notFoundOf(error: unknown, id: string): unknown {
  const isNotFound = error instanceof TicketBackendError && error.reason === 'not-found';
  return isNotFound ? issueNotFound(id) : error;
}
