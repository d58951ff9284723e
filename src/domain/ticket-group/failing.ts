import { withdraw } from './answering.js';
import type { GroupSlice } from './group-slice.js';
import type { Moment } from './moment.js';
import { backOffGroup, postpone, type Failure } from './postponing.js';
import type { Ticket, WriteIntent } from './ticket.js';

/** A write failed: withdrawn where it had no effect, kept to be asked about where that is unknown. */
export function writeFailed(
  slice: GroupSlice,
  ticket: Ticket & { readonly intent: WriteIntent },
  failure: Failure,
  moment: Moment,
): void {
  if (failure.effect === 'none') {
    withdraw(slice, ticket);
    slice.recordEvent('write-failed', moment.now, ticket.key, failure.message);
    if (failure.scope === 'backend') backOffGroup(slice, failure, moment);
    else postpone(slice, ticket.key, failure, moment);
    return;
  }
  const pending = failure.effect === 'unknown-pending';
  const askAt = moment.now + (pending ? failure.lateCommitMs : 0);
  slice.putTicket({ ...ticket, intent: { ...ticket.intent, askAt } });
  slice.recordEvent('outcome-unknown', moment.now, ticket.key, failure.message);
  if (pending) backOffGroup(slice, failure, moment);
}

/** A read failed. Where it concerns one ticket the others go on; else nothing is known, and the group waits. */
export function readFailed(
  slice: GroupSlice,
  ticketKey: string | null,
  failure: Failure,
  moment: Moment,
): void {
  const ticket = failure.scope === 'backend' || ticketKey === null ? null : slice.ticket(ticketKey);
  if (ticket === null) {
    backOffGroup(slice, failure, moment);
    return;
  }
  postpone(slice, ticket.key, failure, moment);
  const current = slice.ticket(ticket.key) ?? ticket;
  const { intent, refused, retryAt } = current;
  slice.putTicket({
    ...current,
    intent: intent === null ? null : { ...intent, askAt: retryAt },
    refused: refused === null ? null : { ...refused, causes: refused.causes ?? [], askedAt: moment.now },
  });
}
