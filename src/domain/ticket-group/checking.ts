import { lastKnown, noteSent, settledWrite, type Awaiting } from './answering.js';
import type { WriteAnswer } from './group-answer.js';
import type { GroupSlice } from './group-slice.js';
import type { Moment } from './moment.js';
import { compare } from './observing.js';
import { hadNoEffect } from './postponing.js';
import type { Ticket } from './ticket.js';

type Checked = Omit<WriteAnswer & { readonly kind: 'checked' }, 'kind' | 'write'>;

/** What came of an update without an answer: how the ticket stands, and whether the note is there. */
export function checked(slice: GroupSlice, ticket: Ticket & Awaiting, found: Checked, moment: Moment): void {
  if (found.noteIsThere) noteSent(slice, ticket, null);
  const status = statusGiven(ticket, found);
  const answered: Ticket =
    status === null ? { ...ticket, intent: null } : { ...ticket, ...settledWrite, ...status };
  slice.putTicket(answered);
  compare(slice, answered, found.observation, moment);
  if (status === null && !found.noteIsThere) hadNoEffect(slice, ticket.key, moment);
}

/**
 * What its status counts as; null where none arrived. A status that did not change may simply not have arrived; where its
 * note is there it has, and is not asked again: it was refused, or the ticket had it and a person changed it since.
 */
function statusGiven(
  ticket: Ticket & Awaiting,
  { observation, noteIsThere, gaveStatus }: Checked,
): Pick<Ticket, 'seen' | 'written'> | null {
  const asked = ticket.intent.status;
  const is = observation !== 'missing' && observation.status === 'closed' ? 'closed' : 'open';
  if (asked === null || (asked !== is && !noteIsThere)) return null;
  const wasChangedSince = gaveStatus === asked && asked !== is;
  return wasChangedSince ? { seen: asked, written: null } : { seen: lastKnown(ticket), written: asked };
}
