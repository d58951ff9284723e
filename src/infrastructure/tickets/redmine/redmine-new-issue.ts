import { keyLineIn } from '../../../application/ports/key-line.js';
import type { TicketDraft } from '../../../application/ports/ticket-backend.js';
import type { Issue } from './redmine-answers.js';
import type { Choices } from './redmine-choices.js';
import { configurationFailure, parentNotOpen } from './redmine-failure.js';
import { isIssueId } from './redmine-mapper.js';
import { mayDo } from './redmine-rights.js';

/** Before anything is made: Redmine would drop the parent and say nothing. */
export function assertMayOpen({ inventory, tracker }: Choices, draft: TicketDraft): void {
  if (draft.parentId === null) return;
  if (!isIssueId(draft.parentId)) throw parentNotOpen(draft.parentId);
  const { login } = inventory.me;
  if (!mayDo(inventory, 'Manage subtasks')) {
    const message = `The user ${login} may not make subtasks in the project ${inventory.project.identifier}.`;
    throw configurationFailure('forbidden', message, 'Give its role there the permission "Manage subtasks".');
  }
  if (tracker.enabled_standard_fields?.includes('parent_issue_id') === false) {
    const remedy =
      'Enable it in the administration of Redmine, or set REDMINE_TRACKER_ID to another tracker.';
    throw configurationFailure('forbidden', `The tracker ${tracker.name} has no parent task.`, remedy);
  }
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
