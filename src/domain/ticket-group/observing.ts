import type { GroupSlice } from './group-slice.js';
import type { Moment } from './moment.js';
import { endGroup, personDecided } from './people.js';
import { mayTurn, type OpenOrClosed, type Refusal, type Ticket } from './ticket.js';

/** How a ticket stands in the backend, as far as the domain wants to know. */
export type Observation =
  | {
      readonly status: 'open' | 'resolved' | 'closed';
      /** Correlation key in its key line; null when it has none. */
      readonly key: string | null;
      readonly changedAt: string;
      /** When it was read (ms), where that was well before it is recorded; else it counts as read now. */
      readonly readAt?: number;
    }
  | 'missing';

/**
 * Records how a ticket stands. It counts only under the number of the last write, and not while one that may change its
 * status is unanswered.
 * What differs from what was last seen, without a write of ours that asked for it, is a person's decision; what was
 * asked for and did not change is refused.
 */
export function observed(
  slice: GroupSlice,
  given: { readonly ticketKey: string; readonly writeNumber: number; readonly observation: Observation },
  moment: Moment,
): void {
  const ticket = slice.ticket(given.ticketKey);
  if (ticket === null || ticket.writeNumber !== given.writeNumber || mayTurn(ticket)) return;
  compare(slice, ticket, given.observation, moment);
}

/** The same for a ticket whose state is being recorded as part of an answer. */
export function compare(slice: GroupSlice, before: Ticket, observation: Observation, moment: Moment): void {
  const read = { ...before, written: null, writtenAt: null, seenAt: whenRead(observation, moment.now) };
  if (observation === 'missing' || observation.key !== before.key) {
    compareGone(slice, before, { ...read, seen: observation === 'missing' ? 'missing' : 'foreign' }, moment);
    return;
  }
  const ticket: Ticket = {
    ...read,
    seen: observation.status,
    refused: stillRefused(before, observation.changedAt),
  };
  slice.putTicket(ticket);
  const is = openness(observation.status);
  const was = openness(before.seen);
  const confirmed = is === before.written;
  const decided = !confirmed && is !== was;
  if (confirmed) recordConfirmed(slice, ticket, moment);
  else if (decided) personDecided(slice, ticket, is, moment);
  else if (before.written !== null)
    refuse(slice, ticket, refusalAfter(before.refused, before.written, observation.changedAt), moment);
  if (isResolvedRoot(slice, ticket) && before.seen !== 'resolved')
    rootResolved(slice, ticket, decided, moment);
}

function whenRead(observation: Observation, now: number): number {
  return observation === 'missing' ? now : (observation.readAt ?? now);
}

function compareGone(slice: GroupSlice, before: Ticket, gone: Ticket, moment: Moment): void {
  if (before.seen === gone.seen) slice.putTicket(gone);
  else personDecided(slice, gone, 'gone', moment);
}

function openness(seen: Ticket['seen']): OpenOrClosed {
  return seen === 'closed' ? 'closed' : 'open';
}

function stillRefused(before: Ticket, changedAt: string): Ticket['refused'] {
  return before.refused !== null && before.refused.changedAt === changedAt ? before.refused : null;
}

/** A ticket that closed may be what stood in the way of its root. */
function recordConfirmed(slice: GroupSlice, ticket: Ticket, moment: Moment): void {
  const { root } = slice;
  const kind = ticket.seen === 'closed' ? 'ticket-closed' : 'ticket-reopened';
  slice.recordEvent(kind, moment.now, ticket.key, 'read back');
  if (root !== null && root.key !== ticket.key && root.refused !== null)
    slice.putTicket({ ...root, refused: null });
}

type NewRefusal = Omit<Refusal, 'causes' | 'askedAt'>;

/** A second try is the last for a while, whatever the ticket's `changedAt` says: else there would be no end of tries. */
function refusalAfter(before: Refusal | null, status: OpenOrClosed, changedAt: string): NewRefusal {
  const wasSecond = before?.secondTry === 'due' && before.status === status;
  return { status, changedAt, ...(wasSecond && { secondTry: 'done' }) };
}

function refuse(slice: GroupSlice, ticket: Ticket, refused: NewRefusal, moment: Moment): void {
  slice.putTicket({ ...ticket, refused: { ...refused, causes: null, askedAt: moment.now } });
  slice.recordEvent(
    'write-refused',
    moment.now,
    ticket.key,
    `asked to be ${refused.status}, stayed as it was`,
  );
  if (refused.status === 'open' && ticket.key === slice.head.rootKey)
    endGroup(slice, 'reopen-refused', moment.now);
}

function isResolvedRoot({ head }: GroupSlice, ticket: Ticket): boolean {
  return ticket.seen === 'resolved' && ticket.key === head.rootKey;
}

/** From closed to Resolved is one decision, which is recorded already. */
function rootResolved(slice: GroupSlice, root: Ticket, isRecorded: boolean, moment: Moment): void {
  if (!isRecorded) slice.recordEvent('person-decided', moment.now, root.key, 'resolved');
  endGroup(slice, 'person', moment.now);
}
