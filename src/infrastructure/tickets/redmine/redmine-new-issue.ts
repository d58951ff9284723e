import { keyLineIn } from '../../../application/ports/key-line.js';
import type { TicketDraft } from '../../../application/ports/ticket-backend.js';
import type { Issue } from './redmine-answers.js';
import type { Choices } from './redmine-choices.js';
import { configurationFailure, parentNotOpen } from './redmine-failure.js';
import { isIssueId } from './redmine-mapper.js';
import { fieldProblems, mayDo, missingRights, projectProblems } from './redmine-rights.js';

/** Before anything is made: Redmine would answer that the project is blank, or drop the parent and say nothing. */
export function assertMayOpen({ inventory, tracker }: Choices, draft: TicketDraft): void {
  if (draft.parentId !== null && !isIssueId(draft.parentId)) throw parentNotOpen(draft.parentId);
  const problems = [
    ...projectProblems(inventory),
    ...(mayDo(inventory, 'Add issues') ? [] : missingRights(inventory)),
    ...(draft.parentId === null || mayDo(inventory, 'Manage subtasks') ? [] : missingRights(inventory)),
    ...(draft.parentId === null ? [] : fieldProblems(tracker)),
  ];
  const [first] = problems;
  if (first !== undefined) throw configurationFailure('forbidden', first.problem, first.remedy);
}

/** What the new issue has otherwise than asked for; null when nothing that matters. */
export function differenceFrom(choices: Choices, draft: TicketDraft, issue: Issue): string | null {
  const { me, project } = choices.inventory;
  const parentId = issue.parent === undefined ? null : String(issue.parent.id);
  const line = keyLineIn(issue.description);
  const differences: readonly (readonly [differs: boolean, what: string])[] = [
    [issue.author?.id !== me.id, 'another author: the key is not that of our user any more'],
    [issue.project.id !== project.id, 'another project'],
    [issue.tracker.id !== choices.tracker.id, 'another tracker'],
    [parentId !== draft.parentId, 'another parent'],
    [line?.key !== draft.key || line.alertId !== draft.alertId, 'no key line'],
    [issue.status.is_closed, 'a closed status'],
  ];
  return differences.find(([differs]) => differs)?.[1] ?? null;
}
