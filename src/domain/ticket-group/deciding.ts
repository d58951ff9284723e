import { countsAsFiring } from './episode.js';
import type { GroupHead } from './group-head.js';
import type { GroupSlice } from './group-slice.js';
import type { Moment } from './moment.js';
import { dropNotes, wantedNote, wantNote } from './note-keeping.js';
import type { NoteFact, TicketNote } from './ticket-note.js';
import {
  newTicket,
  standing,
  wasSent,
  type OpenOrClosed,
  type Refusal,
  type Ticket,
  type WantedStatus,
} from './ticket.js';

/** So often a refused ticket is read again, and the cause asked again: a change makes another try worthwhile. */
const LOOK_AGAIN_MS = 10 * 60_000;
const ASK_AGAIN_MS = 60 * 60_000;
const GATHER_MS = 10 * 60_000;

/** Once its membership ended in one of these ways, a group opens nothing more: who waits begins the next group. */
export function opensNothing(slice: GroupSlice): boolean {
  return slice.head.endedBy === 'person' || slice.head.endedBy === 'reopen-refused';
}

/**
 * Decides what is wanted for the rows touched in this transaction and for the root, and when the group wants to be
 * looked at next. Deciding twice is harmless. Every transaction ends with it.
 */
export function decide(slice: GroupSlice, moment: Moment): void {
  wantAccountRoot(slice, moment);
  for (const ticket of withRoot(slice)) wantStatus(slice, ticket, moment);
  tellOnRoot(slice, moment);
  for (const ticket of withRoot(slice)) {
    const current = unparked(slice, ticket);
    const workAt = workAtOf(slice, current);
    if (workAt !== ticket.workAt || current.parked !== ticket.parked) slice.putTicket({ ...current, workAt });
  }
  schedule(slice, moment);
}

/** What kept a ticket parked is over when nothing is to be written to it any more. */
function unparked(slice: GroupSlice, ticket: Ticket): Ticket {
  const idle = statusToAsk(ticket) === null && standing(ticket) !== 'absent';
  if (ticket.parked === null || !idle || slice.wantedNotesOf(ticket.key).length > 0) return ticket;
  return { ...ticket, parked: null, attempts: 0, retryAt: 0 };
}

function withRoot(slice: GroupSlice): ReadonlySet<Ticket> {
  const { root } = slice;
  return new Set([...slice.concernedTickets(), ...(root === null ? [] : [root])]);
}

/** All is over and nothing was ever sent: one root is created and closed with the account of what happened. */
function wantAccountRoot(slice: GroupSlice, moment: Moment): void {
  const { head } = slice;
  if (head.rootKey !== null || opensNothing(slice) || !isOverUnsent(head)) return;
  const episode = slice.episode(head.firstEpisodeId) ?? slice.episodes[0] ?? null;
  const whose = { episodeId: episode?.id ?? null, alertId: episode?.alertId ?? '-' };
  const root = newTicket({ key: moment.newId(), groupId: head.id, ordinal: 0, ...whose });
  slice.patchHead({ rootKey: root.key });
  slice.putTicket(root);
}

function isOverUnsent(head: GroupHead): boolean {
  return head.firing === 0 && head.placed === 0 && head.accountNo > head.accountedNo;
}

function wantStatus(slice: GroupSlice, ticket: Ticket, moment: Moment): void {
  const wanted = wantedOf(slice, ticket);
  if (wanted === ticket.wanted) return;
  slice.putTicket({ ...ticket, wanted });
  slice.patchHead({ revision: slice.head.revision + 1 });
  if (ticket.key !== slice.head.rootKey) return;
  if (wanted === 'closed') wantRootClosed(slice, ticket, moment);
  else dropNotes(slice, ticket.key, ['group-over', 'account']);
}

function wantRootClosed(slice: GroupSlice, root: Ticket, moment: Moment): void {
  dropNotes(slice, root.key, ['root-over', 'recurrence', 'folded', 'refired']);
  const ownEnd = !slice.head.rootOverTold;
  slice.patchHead({ rootOverTold: true });
  if (standing(root) === 'closed' && root.intent === null) return;
  const byPerson = slice.head.endedBy === 'person';
  const fact: NoteFact = byPerson ? { kind: 'group-ended' } : { kind: 'group-over', ownEnd };
  if (wantedNote(slice, root.key, fact.kind) === null) wantNote(slice, root.key, fact, moment);
}

function wantedOf(slice: GroupSlice, ticket: Ticket): WantedStatus {
  const endedByPerson = slice.head.endedBy === 'person';
  if (ticket.key === slice.head.rootKey) return slice.head.firing > 0 && !endedByPerson ? 'open' : 'closed';
  const episode = slice.episode(ticket.episodeId);
  const fires = episode !== null && countsAsFiring(episode);
  if (wasSent(ticket)) return fires && !endedByPerson ? 'open' : 'closed';
  return fires ? 'open' : 'none';
}

/** What the root has to tell apart from being closed: each is told once. */
function tellOnRoot(slice: GroupSlice, moment: Moment): void {
  const { root } = slice;
  if (root === null || !wasSent(root)) return;
  if (standing(root) === 'open' && slice.head.firing > 0) tellOfOpenRoot(slice, root, moment);
  const unaccounted = slice.head.accountNo > slice.head.accountedNo;
  if (unaccounted && root.wanted === 'closed' && root.intent === null) wantAccount(slice, root, moment);
}

function tellOfOpenRoot(slice: GroupSlice, root: Ticket, moment: Moment): void {
  const { head } = slice;
  if (!head.rootOverTold && slice.episode(root.episodeId)?.state === 'ended') {
    wantNote(slice, root.key, { kind: 'root-over' }, moment);
    slice.patchHead({ rootOverTold: true });
  }
  if (head.folded > head.foldedTold && wantedNote(slice, root.key, 'folded') === null) {
    wantNote(slice, root.key, { kind: 'folded' }, { ...moment, delayMs: GATHER_MS });
  }
}

/** The closing tells of it, too; the note of its own is for a root that is closed already, or cannot be closed. */
function wantAccount(slice: GroupSlice, root: Ticket, moment: Moment): void {
  if (wantedNote(slice, root.key, 'account') !== null) return;
  const closesSoon = standing(root) === 'open' && !root.personal;
  wantNote(slice, root.key, { kind: 'account' }, { ...moment, delayMs: closesSoon ? GATHER_MS : 0 });
}

/** The status that the next write has to ask for; null when the ticket stands as wanted, or its status is a person's. */
export function statusToAsk(ticket: Ticket): OpenOrClosed | null {
  const now = standing(ticket);
  if (ticket.personal || ticket.wanted === 'none' || now === 'absent' || now === 'gone') return null;
  if (now === ticket.wanted || ticket.refused?.status === ticket.wanted) return null;
  return ticket.wanted;
}

/** The note that all is over is told with the closing itself, not before the backend lets it happen. */
export function waitsForStatus({ fact }: TicketNote, ticket: Ticket): boolean {
  return fact.kind === 'group-over' && standing(ticket) !== 'closed' && !ticket.personal;
}

function workAtOf(slice: GroupSlice, ticket: Ticket): number | null {
  if (ticket.intent !== null) return ticket.intent.askAt ?? 0;
  const where = standing(ticket);
  if (where === 'gone' || (ticket.wanted === 'none' && where === 'absent')) return null;
  const notes = slice.wantedNotesOf(ticket.key).filter((note) => !waitsForStatus(note, ticket));
  const times = notes.map((note) => Math.max(ticket.retryAt, note.notBefore));
  if (where === 'absent' || needsTheBackend(ticket)) times.push(ticket.retryAt);
  if (ticket.refused !== null) times.push(lookAgainAt(ticket), askAgainAt(ticket.refused));
  return times.length === 0 ? null : Math.min(...times);
}

function needsTheBackend(ticket: Ticket): boolean {
  return statusToAsk(ticket) !== null || ticket.seenAt === null;
}

/** When a refused ticket is read again. */
export function lookAgainAt(ticket: Ticket): number {
  return (ticket.seenAt ?? 0) + LOOK_AGAIN_MS;
}

/** When it is asked again what stands in the way. */
export function askAgainAt({ causes, askedAt }: Refusal): number {
  return causes === null ? 0 : askedAt + ASK_AGAIN_MS;
}

function schedule(slice: GroupSlice, moment: Moment): void {
  const times = slice
    .concernedTickets()
    .flatMap((ticket) => (ticket.workAt === null ? [] : Math.max(ticket.workAt, moment.now)));
  for (const episode of slice.episodes) if (episode.holdUntil !== null) times.push(episode.holdUntil);
  if (slice.head.concluding) times.push(moment.now);
  if (slice.head.dueAt !== null) times.push(slice.head.dueAt);
  // A spread of 10,000 times would not fit on the stack.
  const dueAt = times.length === 0 ? null : times.reduce((least, time) => Math.min(least, time));
  if (dueAt !== slice.head.dueAt) slice.patchHead({ dueAt });
}
