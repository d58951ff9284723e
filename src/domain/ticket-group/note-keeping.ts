import type { GroupSlice } from './group-slice.js';
import type { Moment } from './moment.js';
import type { NoteFact, NoteKind, TicketNote } from './ticket-note.js';

/** Asks for a note on a ticket, sent when the ticket is next written to, but not before `delayMs` are over. */
export function wantNote(
  slice: GroupSlice,
  ticketKey: string,
  fact: NoteFact,
  when: Moment & { readonly delayMs?: number },
): void {
  slice.addNote({
    id: when.newId(),
    groupId: slice.head.id,
    ticketKey,
    fact,
    notBefore: when.now + (when.delayMs ?? 0),
    state: 'wanted',
    text: null,
    createdAt: when.now,
  });
}

export function wantedNote<K extends NoteKind>(
  slice: GroupSlice,
  ticketKey: string,
  kind: K,
): (TicketNote & { fact: NoteFact & { kind: K } }) | null {
  const found = slice
    .wantedNotesOf(ticketKey)
    .find((note) => note.fact.kind === kind && !isOnItsWay(slice, note));
  return (found as (TicketNote & { fact: NoteFact & { kind: K } }) | undefined) ?? null;
}

/** Notes that lost their point are not sent; one that may have been sent already stays. */
export function dropNotes(slice: GroupSlice, ticketKey: string, kinds: readonly NoteKind[] | 'all'): void {
  for (const note of slice.wantedNotesOf(ticketKey)) {
    const meant = kinds === 'all' || kinds.includes(note.fact.kind);
    if (meant && !isOnItsWay(slice, note)) slice.patchNote(note.id, { state: 'dropped' });
  }
}

function isOnItsWay(slice: GroupSlice, note: TicketNote): boolean {
  return slice.ticket(note.ticketKey)?.intent?.noteIds.includes(note.id) ?? false;
}
