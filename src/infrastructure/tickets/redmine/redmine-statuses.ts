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
