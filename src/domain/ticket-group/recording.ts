import { awaiting, opened, leftNothing, updated } from './answering.js';
import { checked } from './checking.js';
import { copySettled, copyTakesOver, foldFailed, rememberCopies } from './copies.js';
import { explained } from './explaining.js';
import { readFailed, writeFailed } from './failing.js';
import type { GroupAnswer, TicketRead, WriteAnswer } from './group-answer.js';
import type { GroupSlice } from './group-slice.js';
import type { Moment } from './moment.js';
import { observed } from './observing.js';
import { foundOpen, underClosed } from './sweeping.js';

/** Records what came of an action. An answer to a write that is not the ticket's last, unanswered one has no effect. */
export function record(slice: GroupSlice, answer: GroupAnswer, moment: Moment): void {
  switch (answer.kind) {
    case 'observed':
      return recordReads(slice, answer.reads, moment);
    case 'copy-settled':
      return copySettled(slice, answer, moment);
    case 'copy-takes-over':
      return copyTakesOver(slice, answer, moment);
    case 'fold-failed':
      return foldFailed(slice, answer, moment);
    case 'found-open':
      return foundOpen(slice, answer.found, moment);
    case 'under-closed':
      return underClosed(slice, answer);
    case 'explained':
      return explained(slice, answer.ticketKey, answer.causes, moment);
    case 'read-failed':
      return readFailed(slice, answer.ticketKey, answer.failure, moment);
    default:
      return recordWrite(slice, answer, moment);
  }
}

/** The root counts last: a child that turns out closed may have been what stood in its way. */
export function recordReads(slice: GroupSlice, reads: readonly TicketRead[], moment: Moment): void {
  const isRoot = (read: TicketRead): number => Number(read.ticketKey === slice.head.rootKey);
  for (const read of reads.toSorted((a, b) => isRoot(a) - isRoot(b))) observed(slice, read, moment);
}

function recordWrite(slice: GroupSlice, answer: WriteAnswer, moment: Moment): void {
  const ticket = awaiting(slice, answer.write);
  if (ticket === null) return;
  switch (answer.kind) {
    case 'opened':
      opened(slice, ticket, answer, moment);
      return rememberCopies(slice, ticket.key, answer.copies ?? []);
    case 'not-found':
      return leftNothing(slice, ticket, moment);
    case 'updated':
      return updated(slice, ticket, answer.noteText, moment);
    case 'checked':
      return checked(slice, ticket, answer, moment);
    case 'failed':
      return writeFailed(slice, ticket, answer.failure, moment);
  }
}
