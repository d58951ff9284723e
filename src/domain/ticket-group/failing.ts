import { withdraw } from './answering.js';
import type { GroupSlice } from './group-slice.js';
import type { Moment } from './moment.js';
import { backOffGroup, postpone, tellFailure, type Failure } from './postponing.js';
import type { Ticket, WriteIntent } from './ticket.js';

/**
 * A write failed: withdrawn where it had no effect, kept to be asked about where that is unknown. Where the backend is at
 * fault the group waits; its ticket does in any case, so that one for which alone it fails keeps no other from its turn.
 */
export function writeFailed(
  slice: GroupSlice,
  ticket: Ticket & { readonly intent: WriteIntent },
  failure: Failure,
  moment: Moment,
): void {
  if (failure.effect === 'none') {
    withdraw(slice, ticket);
    tellFailure(slice, ticket.key, { kind: 'write-failed', message: failure.message }, moment);
    if (failure.scope === 'backend') backOffGroup(slice, failure, moment);
    postpone(slice, ticket.key, failure, moment);
    return;
  }
  const pending = failure.effect === 'unknown-pending';
  const askAt = moment.now + (pending ? failure.lateCommitMs : 0);
  slice.putTicket({ ...ticket, intent: { ...ticket.intent, askAt } });
  tellFailure(slice, ticket.key, { kind: 'outcome-unknown', message: failure.message }, moment);
  if (pending) backOffGroup(slice, failure, moment);
}

/**
 * A read failed. Where it concerns one ticket that one waits and the others go on; where it concerns the backend, many
 * tickets, or the root that is to be looked at before anything is done under it, the group does.
 */
export function readFailed(
  slice: GroupSlice,
  ticketKey: string | null,
  failure: Failure,
  moment: Moment,
): void {
  const ticket = ticketKey === null ? null : slice.ticket(ticketKey);
  const waitsAlone = ticket !== null && !isLookAtRoot(slice, ticket);
  if (!waitsAlone || failure.scope === 'backend') backOffGroup(slice, failure, moment);
  if (!waitsAlone) return;
  postpone(slice, ticket.key, failure, moment);
  askLater(slice, slice.ticket(ticket.key) ?? ticket, moment);
}

function isLookAtRoot({ head }: GroupSlice, { key, intent, refused }: Ticket): boolean {
  return key === head.rootKey && intent === null && refused === null;
}

/** What came of its write, or what stands in the way of one, is asked when its time has come again. */
function askLater(slice: GroupSlice, ticket: Ticket, moment: Moment): void {
  const { intent, refused, retryAt } = ticket;
  slice.putTicket({
    ...ticket,
    intent: intent === null ? null : { ...intent, askAt: retryAt },
    refused: refused === null ? null : { ...refused, causes: refused.causes ?? [], askedAt: moment.now },
  });
}
