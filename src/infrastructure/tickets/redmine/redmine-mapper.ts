import { createHash } from 'node:crypto';
import { duplicateLineText, keyLineIn } from '../../../application/ports/key-line.js';
import type { NoteSnapshot, TicketSnapshot } from '../../../application/ports/ticket-backend.js';
import type { Choices } from './redmine-choices.js';
import type { Inventory } from './redmine-inventory.js';
import type { Issue, Journal } from './redmine-answers.js';

const ISSUE_ID = /^[1-9]\d{0,9}$/;
/** Redmine's ids are signed 32-bit numbers; to ask for a larger one is an error of its database. */
const LARGEST_ID = 2_147_483_647;

export function isIssueId(id: string): boolean {
  return ISSUE_ID.test(id) && Number(id) <= LARGEST_ID;
}

export function snapshotOf(issue: Issue, choices: Pick<Choices, 'resolvedStatus'>): TicketSnapshot {
  return {
    id: String(issue.id),
    status: statusOf(issue, choices),
    keyLine: keyLineIn(issue.description),
    parentId: issue.parent === undefined ? null : String(issue.parent.id),
    changedAt: changedAtOf(issue),
  };
}

function statusOf(
  issue: Issue,
  { resolvedStatus }: Pick<Choices, 'resolvedStatus'>,
): TicketSnapshot['status'] {
  if (issue.status.is_closed) return 'closed';
  return issue.status.id === resolvedStatus?.id ? 'resolved' : 'open';
}

/** `updated_on` counts seconds, so what people change most goes with it. */
function changedAtOf(issue: Issue): string {
  const what = [
    issue.status.id,
    issue.priority.id,
    issue.parent?.id ?? null,
    issue.subject,
    issue.description,
  ];
  const digest = createHash('sha256').update(JSON.stringify(what)).digest('base64url');
  return `${issue.updated_on} ${digest.slice(0, 12)}`;
}

/** The notes of an issue that was read with its journals: a note and a change of one request are one journal. */
export function notesIn(issue: Issue, inventory: Pick<Inventory, 'statuses'>): readonly NoteSnapshot[] {
  return issue.journals
    .filter(({ notes }) => notes !== '')
    .toSorted((one, other) => one.id - other.id)
    .map((journal) => ({
      text: withPlainLineEnds(journal.notes),
      gaveStatus: statusGivenBy(journal, inventory),
    }));
}

function statusGivenBy(
  { details }: Journal,
  { statuses }: Pick<Inventory, 'statuses'>,
): NoteSnapshot['gaveStatus'] {
  const change = details.find(({ property, name }) => property === 'attr' && name === 'status_id');
  const status = statuses.find(({ id }) => String(id) === String(change?.new_value));
  if (status === undefined) return null;
  return status.is_closed ? 'closed' : 'open';
}

/** Redmine stores every line end as CRLF. */
export function withPlainLineEnds(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n');
}

/** A description that ends with a key line, with `duplicate of <id>` in its place. */
export function asDuplicate(description: string, originalId: string): string {
  return withLastLine(description, duplicateLineText(originalId));
}

/** The description with another line in place of its last one that is not blank. */
export function withLastLine(description: string, line: string): string {
  const text = withPlainLineEnds(description).trimEnd();
  return text.slice(0, text.lastIndexOf('\n') + 1) + line;
}
