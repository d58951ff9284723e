import { endWithoutTicket } from './ending.js';
import type { OpenTicket, UpdateTicket } from './group-action.js';
import type { GroupSlice } from './group-slice.js';
import { stopTaking } from './membership.js';
import type { Moment } from './moment.js';
import { dropNotes } from './note-keeping.js';
import { hadNoEffect } from './postponing.js';
import { opensNothing } from './group-head.js';
import { compare, type Observation } from './observing.js';
import type { NoteFact } from './ticket-note.js';
import type { Ticket, WriteIntent } from './ticket.js';

/** The intent is recorded before the backend is called; returns the number of the write. */
export function intend(slice: GroupSlice, action: OpenTicket | UpdateTicket, moment: Moment): number {
  const ticket = known(slice, action.ticketKey);
  if (action.kind === 'open' && action.rootKey === null) slice.patchHead({ rootKey: ticket.key });
  const intent = intentOf(slice, action, moment.now);
  const writeNumber = ticket.writeNumber + 1;
  slice.putTicket({ ...ticket, writeNumber, intent });
  const closesRoot = intent.status === 'closed' && ticket.key === slice.head.rootKey;
  if (closesRoot && slice.head.acceptsUntil === null) stopTaking(slice, 'over', moment.now);
  return writeNumber;
}

function intentOf(slice: GroupSlice, action: OpenTicket | UpdateTicket, now: number): WriteIntent {
  const { rootKey, folded, accountNo } = slice.head;
  const isRoot = action.ticketKey === rootKey;
  const update = action.kind === 'update' ? action : null;
  return {
    kind: action.kind,
    status: update === null ? 'open' : update.status,
    noteIds: update?.noteIds ?? [],
    accountTo: isRoot && update !== null ? accountNo : 0,
    foldedTo: isRoot ? folded : 0,
    at: now,
    askAt: null,
  };
}

function known(slice: GroupSlice, key: string): Ticket {
  const ticket = slice.ticket(key);
  if (ticket === null) throw new Error(`Ticket ${key} is not in this slice of group ${slice.head.id}.`);
  return ticket;
}

/** The ticket whose write of that number is unanswered; null: the answer comes too late and does not count. */
export function awaiting(
  slice: GroupSlice,
  write: { readonly ticketKey: string; readonly writeNumber: number },
): (Ticket & Awaiting) | null {
  const ticket = slice.ticket(write.ticketKey);
  if (ticket === null || ticket.writeNumber !== write.writeNumber || ticket.intent === null) return null;
  return { ...ticket, intent: ticket.intent };
}

/** A ticket whose write is unanswered. */
export interface Awaiting {
  readonly intent: WriteIntent;
}

/** A create succeeded, by its own answer or because the ticket was found by its key. */
export function opened(
  slice: GroupSlice,
  ticket: Ticket,
  given: { readonly reference: string; readonly observation: Observation },
  moment: Moment,
): void {
  const { head } = slice;
  const isRoot = ticket.key === head.rootKey;
  const created: Ticket = {
    ...ticket,
    ...settledWrite,
    reference: given.reference,
    seen: 'open',
    seenAt: moment.now,
  };
  slice.putTicket(created);
  slice.patchHead({ attempts: 0, retryAt: 0, concluding: head.concluding || opensNothing(head) });
  if (isRoot) slice.patchHead({ rootOpenedAt: moment.now, ...foldedToldBy(ticket) });
  slice.recordEvent('ticket-opened', moment.now, ticket.key, given.reference);
  compare(slice, created, given.observation, moment);
}

/** The text of a create that came late is not known: who it tells of is told of once more. */
function foldedToldBy({ intent }: Ticket): { readonly foldedTold?: number } {
  return intent === null ? {} : { foldedTold: intent.foldedTo };
}

/** What a write that arrived leaves on its ticket. */
export const settledWrite = { intent: null, attempts: 0, retryAt: 0, parked: null };

/** An update was answered: it is written, and to be read back when it asked for a status. */
export function updated(
  slice: GroupSlice,
  ticket: Ticket & Awaiting,
  noteText: string | null,
  moment: Moment,
): void {
  const { status } = ticket.intent;
  const answered: Ticket = { ...ticket, ...settledWrite };
  slice.putTicket(
    status === null
      ? answered
      : { ...answered, seen: lastKnown(ticket), written: status, writtenAt: moment.now },
  );
  noteSent(slice, ticket, noteText);
  slice.patchHead({ attempts: 0, retryAt: 0 });
}

/** What an earlier write asked for counts as seen when a later one supersedes it before it was read back. */
export function lastKnown({ seen, written }: Ticket): Ticket['seen'] {
  return written === null || (written === 'open' && seen === 'resolved') ? seen : written;
}

/** The notes of the write are there; `text` is what they say, null where that is not known. */
export function noteSent(slice: GroupSlice, { intent, key }: Ticket & Awaiting, text: string | null): void {
  const facts = intent.noteIds.flatMap((id) => slice.note(id)?.fact ?? []);
  for (const id of intent.noteIds) slice.patchNote(id, { state: 'sent', ...(text === null ? {} : { text }) });
  if (facts.length === 0 || key !== slice.head.rootKey) return;
  slice.patchHead({
    accountedNo: Math.max(slice.head.accountedNo, intent.accountTo),
    foldedTold: Math.max(slice.head.foldedTold, intent.foldedTo),
    rootOverTold: slice.head.rootOverTold || facts.some(tellsOwnEnd),
  });
  if (slice.head.accountedNo === slice.head.accountNo) dropNotes(slice, key, ['account']);
}

function tellsOwnEnd(fact: NoteFact): boolean {
  return fact.kind === 'root-over' || (fact.kind === 'group-over' && fact.ownEnd);
}

/** A create whose outcome was unknown has left nothing. */
export function leftNothing(slice: GroupSlice, ticket: Ticket & Awaiting, moment: Moment): void {
  withdraw(slice, ticket);
  hadNoEffect(slice, ticket.key, moment);
}

/** The write had no effect: its intent is withdrawn, as if it had never been recorded. */
export function withdraw(slice: GroupSlice, ticket: Ticket & Awaiting): void {
  const withdrawn: Ticket = { ...ticket, intent: null };
  slice.putTicket(withdrawn);
  if (ticket.intent.kind !== 'open') return;
  const isRoot = ticket.key === slice.head.rootKey;
  const episode = slice.episode(ticket.episodeId);
  const accountRoot = isRoot && ticket.ordinal === 0;
  if (isRoot && !accountRoot) slice.patchHead({ rootKey: null });
  if (opensNothing(slice.head)) slice.patchHead({ concluding: true });
  if (accountRoot || episode?.state !== 'ended') return;
  dropNotes(slice, ticket.key, 'all');
  endWithoutTicket(slice, episode);
}

/**
 * Writes of the slice that nobody waits for any more: their process died, or lost the group. When they were sent is not
 * known: at the end of the longest call at the latest, as they wait for their turn first, and not after now.
 */
export function recoverWrites(
  slice: GroupSlice,
  now: number,
  { longestCallMs, lateCommitMs }: { readonly longestCallMs: number; readonly lateCommitMs: number },
): void {
  for (const ticket of slice.tickets) {
    const { intent } = ticket;
    if (intent === null || intent.askAt !== null) continue;
    const sentBy = Math.min(now, intent.at + longestCallMs);
    slice.putTicket({ ...ticket, intent: { ...intent, askAt: sentBy + lateCommitMs } });
  }
}
