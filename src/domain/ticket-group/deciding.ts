import { countsAsFiring } from './episode.js';
import { opensNothing, type GroupHead } from './group-head.js';
import type { GroupSlice } from './group-slice.js';
import type { Moment } from './moment.js';
import { endPresumedRoot } from './presuming.js';
import { tellClosing, tellOnRoot } from './root-notes.js';
import { newTicket, standing, wasSent, type Ticket, type WantedStatus } from './ticket.js';
import { schedule, statusToAsk, workAtOf } from './timing.js';

/**
 * Decides what is wanted for the rows touched in this transaction and for the root, and when the group wants to be
 * looked at next. Deciding twice is harmless. Every transaction ends with it.
 */
export function decide(slice: GroupSlice, moment: Moment): void {
  if (!slice.isElsewhere) endPresumedRoot(slice, moment.now);
  wantAccountRoot(slice, moment);
  for (const ticket of withRoot(slice)) wantStatus(slice, ticket, moment);
  tellOnRoot(slice, moment);
  for (const ticket of withRoot(slice)) {
    const current = unparked(slice, ticket);
    const workAt = workAtOf(slice, current);
    const wantedSince = ticket.wantedSince ?? moment.now;
    const changes = workAt !== ticket.workAt || wantedSince !== ticket.wantedSince;
    if (changes || current.parked !== ticket.parked) slice.putTicket({ ...current, workAt, wantedSince });
  }
  schedule(slice);
}

/**
 * What was loaded because it wanted work and has none now says when it next does. Without that it would keep a time that
 * is over, at which nobody looks any more.
 */
export function retime(slice: GroupSlice, now: number): void {
  for (const ticket of slice.tickets) {
    if (ticket.workAt === null || ticket.workAt > now) continue;
    const workAt = workAtOf(slice, ticket);
    if (workAt !== ticket.workAt) slice.putTicket({ ...ticket, workAt });
  }
}

function withRoot(slice: GroupSlice): ReadonlySet<Ticket> {
  const { root } = slice;
  return new Set([...slice.concernedTickets(), ...(root === null ? [] : [root])]);
}

/**
 * Nothing was ever sent, and nobody is left who could have a ticket: all is over, or only folded ones fire. A root of
 * its own tells of them.
 */
function wantAccountRoot(slice: GroupSlice, moment: Moment): void {
  const { head } = slice;
  if (head.rootKey !== null || opensNothing(head) || !needsAccountRoot(head)) return;
  const episode = slice.episode(head.firstEpisodeId) ?? slice.episodes[0] ?? null;
  const whose = { episodeId: episode?.id ?? null, alertId: episode?.alertId ?? '-' };
  const root = newTicket({ key: moment.newId(), groupId: head.id, ordinal: 0, ...whose });
  slice.patchHead({ rootKey: root.key });
  slice.putTicket(root);
}

function needsAccountRoot(head: GroupHead): boolean {
  return head.placed === 0 && (head.firing > 0 || head.accountNo > head.accountedNo);
}

function wantStatus(slice: GroupSlice, ticket: Ticket, moment: Moment): void {
  const wanted = wantedOf(slice, ticket);
  if (wanted === ticket.wanted) return;
  const refused = ticket.refused?.status === wanted ? ticket.refused : null;
  slice.putTicket({ ...ticket, wanted, refused, wantedSince: moment.now });
  slice.patchHead({ revision: slice.head.revision + 1 });
  if (ticket.key === slice.head.rootKey && wanted === 'closed') tellClosing(slice, ticket, moment);
}

function wantedOf(slice: GroupSlice, ticket: Ticket): WantedStatus {
  const endedByPerson = slice.head.endedBy === 'person';
  if (ticket.key === slice.head.rootKey) return slice.head.firing > 0 && !endedByPerson ? 'open' : 'closed';
  const episode = slice.episode(ticket.episodeId);
  const fires = episode !== null && countsAsFiring(episode);
  if (wasSent(ticket)) return fires && !endedByPerson ? 'open' : 'closed';
  return fires ? 'open' : 'none';
}

/** What kept a ticket parked is over when nothing is to be written to it any more. */
function unparked(slice: GroupSlice, ticket: Ticket): Ticket {
  const idle = statusToAsk(ticket) === null && standing(ticket) !== 'absent' && ticket.intent === null;
  if (ticket.parked === null || !idle || slice.wantedNotesOf(ticket.key).length > 0) return ticket;
  return { ...ticket, parked: null, attempts: 0, retryAt: 0 };
}
