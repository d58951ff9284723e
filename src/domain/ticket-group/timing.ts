import type { GroupSlice } from './group-slice.js';
import type { TicketNote } from './ticket-note.js';
import { isOurs, standing, type OpenOrClosed, type Refusal, type Ticket, type TicketCopy } from './ticket.js';

/** Due at once. Not the time of now: a clock that steps back later must not hide it. */
const AT_ONCE = 0;
/** So often a ticket that keeps others waiting is read again: a change makes another try worthwhile. */
const LOOK_AGAIN_MS = 10 * 60_000;
/** So often it is asked again what stands in the way. */
const ASK_AGAIN_MS = 60 * 60_000;

/** The status that the next write has to ask for; null when the ticket stands as wanted, or its status is a person's. */
export function statusToAsk(ticket: Ticket): OpenOrClosed | null {
  const now = standing(ticket);
  if (ticket.personal || ticket.wanted === 'none' || now === 'absent' || now === 'gone') return null;
  return now === ticket.wanted || refusalOf(ticket) !== null ? null : ticket.wanted;
}

/** A root closes after its children, and not before its end is dealt with. */
export function isBlocked({ head }: GroupSlice, ticket: Ticket): boolean {
  return (
    ticket.key === head.rootKey && ticket.wanted === 'closed' && (head.openChildren > 0 || head.concluding)
  );
}

/** The note that all is over is told with the closing itself, not before the backend lets it happen. */
export function waitsForStatus({ fact }: TicketNote, ticket: Ticket): boolean {
  return fact.kind === 'group-over' && standing(ticket) !== 'closed' && !ticket.personal;
}

/**
 * The refusal that still stands in the way of what is wanted; one of a status that is wanted no longer does not, nor does
 * one that is about to be tried again.
 */
export function refusalOf(ticket: Ticket): Refusal | null {
  const { refused, wanted } = ticket;
  if (refused === null || refused.secondTry === 'due' || !isOurs(ticket)) return null;
  return refused.status === wanted && standing(ticket) !== wanted ? refused : null;
}

/** Something of it cannot be delivered until somebody helps: it is parked, or a refusal stands in the way. */
export function isStuck(ticket: Ticket): boolean {
  return ticket.parked !== null || refusalOf(ticket) !== null;
}

/** A ticket that a person opened again keeps its root open: whether it still is, is looked at from time to time. */
export function isPersonsToClose(ticket: Ticket): boolean {
  return ticket.personal && ticket.wanted === 'closed' && standing(ticket) === 'open';
}

/** When a ticket that keeps others waiting is read again. */
export function lookAgainAt(ticket: Ticket): number {
  return (ticket.seenAt ?? 0) + (isPersonsToClose(ticket) ? ASK_AGAIN_MS : LOOK_AGAIN_MS);
}

/** When it is asked again what stands in the way. */
export function askAgainAt({ causes, askedAt }: Refusal): number {
  return causes === null ? AT_ONCE : askedAt + ASK_AGAIN_MS;
}

/** Copies that are still to be dealt with. */
export function unsettledCopies({ copies }: Ticket): readonly TicketCopy[] {
  return copies.filter(({ state }) => state === 'found');
}

/** When a ticket next wants work of the backend; null: not before something happens. */
export function workAtOf(slice: GroupSlice, ticket: Ticket): number | null {
  if (ticket.intent !== null) return ticket.intent.askAt ?? AT_ONCE;
  const where = standing(ticket);
  const folds = unsettledCopies(ticket).map((copy) => copy.retryAt);
  if (where === 'gone') return least(folds);
  if (ticket.wanted === 'none' && where === 'absent') return null;
  const notes = slice.wantedNotesOf(ticket.key).filter((note) => !waitsForStatus(note, ticket));
  const times = notes.map((note) => Math.max(ticket.retryAt, note.notBefore));
  if (where === 'absent' || (statusToAsk(ticket) !== null && !isBlocked(slice, ticket)))
    times.push(ticket.retryAt);
  const looks = lookTimes(ticket).map((time) => Math.max(time, ticket.retryAt));
  return least([...times, ...looks, ...folds]);
}

function lookTimes(ticket: Ticket): readonly number[] {
  if (standing(ticket) === 'absent') return [];
  if (ticket.seenAt === null) return [AT_ONCE];
  const refusal = refusalOf(ticket);
  if (refusal !== null) return [lookAgainAt(ticket), askAgainAt(refusal)];
  return isPersonsToClose(ticket) ? [lookAgainAt(ticket)] : [];
}

/** The group is due when its first touched ticket is, its first hold is over, or its end is to be dealt with. */
export function schedule(slice: GroupSlice): void {
  const times = slice.concernedTickets().flatMap((ticket) => ticket.workAt ?? []);
  for (const episode of slice.episodes) if (episode.holdUntil !== null) times.push(episode.holdUntil);
  if (slice.head.concluding) times.push(AT_ONCE);
  if (slice.head.dueAt !== null) times.push(slice.head.dueAt);
  const dueAt = least(times);
  if (dueAt !== slice.head.dueAt) slice.patchHead({ dueAt });
}

/** Ten thousand times would not fit on the stack as arguments of `Math.min`. */
function least(times: readonly number[]): number | null {
  return times.length === 0 ? null : times.reduce((first, time) => Math.min(first, time));
}
