import { opened } from './answering.js';
import { rememberCopies } from './copies.js';
import type { SweptTicket } from './group-answer.js';
import type { GroupSlice } from './group-slice.js';
import type { Moment } from './moment.js';
import { wantNote } from './note-keeping.js';
import type { Ticket } from './ticket.js';

/**
 * Open tickets that carry keys of this group, as a sweep found them. One beside the known ticket is a copy; one of a
 * ticket that was given up as not created came late. What came of an unanswered write is not for the sweep to say.
 */
export function foundOpen(slice: GroupSlice, found: readonly SweptTicket[], moment: Moment): void {
  for (const one of found) {
    const ticket = slice.ticket(one.ticketKey);
    if (ticket === null || ticket.reference === one.reference) continue;
    if (ticket.reference !== null) rememberCopies(slice, ticket.key, [one.reference]);
    else if (ticket.intent === null) cameLate(slice, ticket, one, moment);
  }
}

/** It becomes what it was created as. One that nobody wants any more is closed as every ticket without an alert is. */
export function cameLate(slice: GroupSlice, ticket: Ticket, found: SweptTicket, moment: Moment): void {
  const isWanted = ticket.wanted !== 'none';
  if (isWanted && slice.head.rootKey === null) slice.patchHead({ rootKey: ticket.key });
  const why = isWanted ? 'after it was given up for lost' : 'when nobody wanted it any more: it is closed';
  slice.recordEvent('came-late', moment.now, ticket.key, `${found.reference} came ${why}`);
  opened(slice, ticket, found, moment);
  if (!isWanted) wantNote(slice, ticket.key, { kind: 'came-late' }, moment);
}

/** Both are read again: whether the root was closed by a person or by us, delivery decides what follows. */
export function underClosed(
  slice: GroupSlice,
  { ticketKey, parent }: { readonly ticketKey: string; readonly parent: string },
): void {
  const ticket = slice.ticket(ticketKey);
  const { root } = slice;
  if (ticket === null || root === null || root.key === ticketKey || root.reference !== parent) return;
  for (const one of [ticket, root])
    if (one.intent === null && one.reference !== null) slice.putTicket({ ...one, seenAt: null });
}
