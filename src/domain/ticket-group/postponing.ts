import type { GroupSlice } from './group-slice.js';
import type { Moment } from './moment.js';
import type { Parking, Ticket } from './ticket.js';

/** A failed call of the backend, as far as the domain wants to know. */
export interface Failure {
  readonly reason: string;
  readonly retryable: boolean;
  readonly effect: 'none' | 'unknown-finished' | 'unknown-pending';
  /** Whether it concerns the whole backend, only this ticket, or the root above it. */
  readonly scope: 'backend' | 'ticket' | 'parent';
  readonly message: string;
  readonly remedy: string;
  /** How long an unanswered write may still take effect, in milliseconds. */
  readonly lateCommitMs: number;
  /** How long the backend asks to be left alone, in milliseconds; null: it does not. */
  readonly retryAfterMs: number | null;
  /** In [0, 1): jitter, so that groups do not come back together. */
  readonly chance: number;
}

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 5 * 60_000;
/** Nobody is left alone for longer, whatever is asked. */
const LONGEST_REST_MS = 10 * 60_000;
/** What only a person can mend is tried again so often. */
export const PARKED_RETRY_MS = 10 * 60_000;
/** A ticket whose writes fail so often in a row is shown as parked, whatever the backend says of it. */
export const TRIES_BEFORE_PARKING = 5;

export function backOff(attempts: number, chance: number): number {
  const delay = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(attempts, 20));
  return Math.round(delay * (0.5 + chance / 2));
}

/** The group waits: the backend as a whole does not answer as it should. A clock that stepped back ends the wait. */
export function isBackingOff({ head }: GroupSlice, now: number): boolean {
  return head.retryAt > now && head.retryAt - now <= LONGEST_REST_MS;
}

export function backOffGroup(slice: GroupSlice, failure: Failure, moment: Moment): void {
  const attempts = slice.head.attempts + 1;
  const rest = Math.min(failure.retryAfterMs ?? 0, LONGEST_REST_MS);
  slice.patchHead({ attempts, retryAt: moment.now + Math.max(rest, backOff(attempts, failure.chance)) });
}

type Postponement = Omit<Failure, 'effect' | 'lateCommitMs' | 'retryAfterMs'>;

/** The ticket alone waits: longer each time, and shown as parked when waiting alone does not help. */
export function postpone(slice: GroupSlice, ticketKey: string, failure: Postponement, moment: Moment): void {
  const ticket = slice.ticket(ticketKey);
  if (ticket === null || ticket.wanted === 'none') return;
  const attempts = ticket.attempts + 1;
  const parked = parkingAfter(ticket, failure);
  const delay = mayPass(failure) ? backOff(attempts, failure.chance) : PARKED_RETRY_MS;
  const seenAt = failure.reason === 'not-found' ? null : ticket.seenAt;
  slice.putTicket({ ...ticket, attempts, parked, retryAt: moment.now + delay, seenAt });
  if (parked !== null && ticket.parked === null) {
    slice.recordEvent('ticket-parked', moment.now, ticket.key, `${failure.reason}: ${failure.message}`);
  }
  if (failure.scope === 'parent') lookAtRoot(slice);
}

/** Trying again can help: by itself, or after the backend is mended, the ticket or its root was read again. */
function mayPass({ retryable, scope, reason }: Postponement): boolean {
  return retryable || scope !== 'ticket' || reason === 'not-found';
}

function parkingAfter(ticket: Ticket, failure: Postponement): Parking | null {
  if (mayPass(failure) && ticket.attempts + 1 < TRIES_BEFORE_PARKING) return null;
  const { reason, remedy, message } = failure;
  return { reason, remedy: remedy === '' ? message : remedy, told: ticket.parked?.told ?? message };
}

/** A failed write goes down in the history; of a parked ticket only when it fails in another way than it did last. */
export function tellFailure(
  slice: GroupSlice,
  ticketKey: Ticket['key'],
  event: { readonly kind: 'write-failed' | 'outcome-unknown'; readonly message: string },
  moment: Moment,
): void {
  const ticket = slice.ticket(ticketKey);
  if (ticket === null || ticket.parked?.told === event.message) return;
  slice.recordEvent(event.kind, moment.now, ticketKey, event.message);
  if (ticket.parked !== null)
    slice.putTicket({ ...ticket, parked: { ...ticket.parked, told: event.message } });
}

/** The backend says that the root is closed or gone: it is read before anything else is done. */
function lookAtRoot(slice: GroupSlice): void {
  if (slice.root !== null) slice.putTicket({ ...slice.root, seenAt: null });
}

/** A write whose outcome was unknown has had no effect: it is tried again, but not at once, and not unseen for ever. */
export function hadNoEffect(slice: GroupSlice, ticketKey: Ticket['key'], moment: Moment): void {
  const failure: Postponement = {
    reason: 'unavailable',
    retryable: true,
    scope: 'ticket',
    message: 'writes to this ticket fail and leave nothing behind',
    remedy: 'Look into the log of the ticket backend.',
    chance: 1,
  };
  postpone(slice, ticketKey, failure, moment);
}
