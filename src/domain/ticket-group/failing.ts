import { withdraw } from './answering.js';
import type { GroupSlice } from './group-slice.js';
import type { Moment } from './moment.js';
import type { Ticket, WriteIntent } from './ticket.js';

/** A failed call of the backend, as far as the domain wants to know. */
export interface Failure {
  readonly reason: string;
  readonly retryable: boolean;
  readonly effect: 'none' | 'unknown-finished' | 'unknown-pending';
  /** Whether it concerns the whole backend or only this ticket. */
  readonly scope: 'backend' | 'ticket' | 'parent';
  readonly message: string;
  readonly remedy: string;
  /** How long an unanswered write may still take effect, in milliseconds. */
  readonly lateCommitMs: number;
  /** In [0, 1): jitter, so that groups do not come back together. */
  readonly chance: number;
}

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 5 * 60_000;
/** What only a person can mend is tried again so often. */
const PARKED_RETRY_MS = 10 * 60_000;

function backOff(attempts: number, chance: number): number {
  const delay = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(attempts, 20));
  return Math.round(delay * (0.5 + chance / 2));
}

/** A write failed: withdrawn where it had no effect, kept to be asked about where that is unknown. */
export function writeFailed(
  slice: GroupSlice,
  ticket: Ticket & { readonly intent: WriteIntent },
  failure: Failure,
  moment: Moment,
): void {
  if (failure.effect === 'none') {
    withdraw(slice, ticket);
    const current = slice.ticket(ticket.key);
    if (current !== null) postpone(slice, current, failure, moment);
    return;
  }
  const pending = failure.effect === 'unknown-pending';
  const askAt = moment.now + (pending ? failure.lateCommitMs : 0);
  slice.putTicket({ ...ticket, intent: { ...ticket.intent, askAt } });
  slice.recordEvent('outcome-unknown', moment.now, ticket.key, failure.message);
  if (pending) backOffGroup(slice, failure, moment);
}

/** A read failed: nothing is known, so the group waits. */
export function readFailed(slice: GroupSlice, failure: Failure, moment: Moment): void {
  backOffGroup(slice, failure, moment);
}

function postpone(slice: GroupSlice, ticket: Ticket, failure: Failure, moment: Moment): void {
  const attempts = ticket.attempts + 1;
  slice.recordEvent('write-failed', moment.now, ticket.key, failure.message);
  if (failure.scope === 'backend' && failure.retryable) {
    backOffGroup(slice, failure, moment);
    return;
  }
  const retryAt = moment.now + backOff(attempts, failure.chance);
  if (failure.scope === 'parent') lookAtRoot(slice);
  if (failure.retryable || failure.scope === 'parent' || failure.reason === 'not-found') {
    const seenAt = failure.reason === 'not-found' ? null : ticket.seenAt;
    slice.putTicket({ ...ticket, attempts, retryAt, seenAt });
    return;
  }
  const parked = { reason: failure.reason, remedy: failure.remedy };
  slice.putTicket({ ...ticket, attempts, parked, retryAt: moment.now + PARKED_RETRY_MS });
  slice.recordEvent('ticket-parked', moment.now, ticket.key, `${failure.reason}: ${failure.message}`);
}

/** The backend says that the root is closed or gone: it is read before anything else is done. */
function lookAtRoot(slice: GroupSlice): void {
  if (slice.root !== null) slice.putTicket({ ...slice.root, seenAt: null });
}

function backOffGroup(slice: GroupSlice, failure: Failure, moment: Moment): void {
  const attempts = slice.head.attempts + 1;
  slice.patchHead({ attempts, retryAt: moment.now + backOff(attempts, failure.chance) });
}
