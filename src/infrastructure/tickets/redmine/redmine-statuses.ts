import type { Issue, IssueStatus } from './redmine-answers.js';
import type { Choices } from './redmine-choices.js';

/**
 * The status that closes the issue: the configured one, else the first closed one that Redmine allows for it, in the
 * order of the statuses. null: none is allowed.
 */
export function closingStatus({ closeStatus }: Choices, issue: Issue): IssueStatus | null {
  return closeStatus ?? issue.allowed_statuses?.find((status) => status.is_closed) ?? null;
}

/**
 * The status that opens it again: the configured one, else that of new issues, else the first open one that Redmine
 * allows for it. "Resolved" would end the group, so nothing is opened into it.
 */
export function openingStatus(choices: Choices, issue: Issue): IssueStatus | null {
  if (choices.openStatus !== null) return choices.openStatus;
  const allowed = (issue.allowed_statuses ?? []).filter(
    (status) => !status.is_closed && status.id !== choices.resolvedStatus?.id,
  );
  const first = choices.tracker.default_status?.id;
  return allowed.find((status) => status.id === first) ?? allowed[0] ?? null;
}

/** Issues whose place is remembered; beyond that all is forgotten, which costs a look before a close. */
const MOST_ISSUES = 20_000;

/**
 * Which status closes issues, learnt where Redmine said so. Its workflow depends on project, tracker and present status,
 * so an issue is closed without a look only where another one of the same place was closed before.
 */
export class ClosingStatuses {
  private readonly placeOf = new Map<string, string>();
  private readonly byPlace = new Map<string, IssueStatus>();
  private readonly looks = new Map<string, Promise<unknown>>();

  /** Remembers where an issue stands. */
  saw(issue: Issue): void {
    if (this.placeOf.size >= MOST_ISSUES) this.placeOf.clear();
    this.placeOf.set(String(issue.id), placeIn(issue));
  }

  /** Of an issue that Redmine showed with its allowed statuses. */
  learn(issue: Issue, closing: IssueStatus | null): void {
    this.saw(issue);
    // That none is allowed may be for an open subtask, and says nothing of others.
    if (!issue.status.is_closed && closing !== null) this.byPlace.set(placeIn(issue), closing);
  }

  /** null: nobody was closed there yet, or nobody knows where the issue stands. */
  usualFor(id: string): IssueStatus | null {
    return this.byPlace.get(this.placeOf.get(id) ?? '') ?? null;
  }

  /** A look at another issue of the same place, when one is under way: what is learnt by it will do for this one. */
  lookElsewhere(id: string): Promise<unknown> | null {
    return this.looks.get(this.placeOf.get(id) ?? '') ?? null;
  }

  /** Looks at the issue, and lets others of its place know. */
  async look<T>(id: string, work: () => Promise<T>): Promise<T> {
    const place = this.placeOf.get(id) ?? '';
    const { promise: over, resolve: end } = Promise.withResolvers<void>();
    this.looks.set(place, over);
    try {
      return await work();
    } finally {
      if (this.looks.get(place) === over) this.looks.delete(place);
      end();
    }
  }

  /** Redmine's workflow may not be what it was. */
  forget(): void {
    this.byPlace.clear();
  }
}

function placeIn({ project, tracker, status }: Issue): string {
  return `${project.id}/${tracker.id}/${status.id}`;
}
