import { keyLineIn } from '../../../src/application/ports/key-line.js';
import type { HeldTicket } from './checker.js';
import { ourNotesIn } from './held-note.js';
import { occurrenceIn } from './occurrence.js';

/** What a Redmine tells of one of its issues. */
export interface TicketTexts {
  readonly id: number;
  readonly parentId: number | null;
  readonly isOpen: boolean;
  readonly subject: string;
  readonly description: string;
  readonly notes: readonly string[];
  readonly openedAt: number;
  readonly changedAt: number;
}

/** What the checker wants to know of an issue. */
export function heldTicket(issue: TicketTexts): HeldTicket {
  const { id, parentId, isOpen, description, notes, openedAt, changedAt } = issue;
  return {
    id: String(id),
    parentId: parentId === null ? null : String(parentId),
    isOpen,
    key: keyLineIn(description)?.key ?? null,
    ...occurrenceIn(issue),
    isFolded: /^duplicate of /m.test(description),
    notes: ourNotesIn(notes),
    openedAt,
    changedAt,
  };
}
