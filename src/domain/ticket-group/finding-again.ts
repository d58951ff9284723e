import type { FoundTicket } from './adopting.js';
import { opened } from './answering.js';
import type { Episode } from './episode.js';
import type { GroupSlice } from './group-slice.js';
import { leave, stopTaking } from './membership.js';
import type { Moment } from './moment.js';
import { compare } from './observing.js';
import { cameLate } from './sweeping.js';
import { givenUp, standing, wasSent, type Ticket } from './ticket.js';

/** Where a ticket was found. */
export interface FoundWhere {
  readonly instance: string;
  /** The group of the ticket was kept in another instance until now. */
  readonly hasMoved: boolean;
}

/**
 * A ticket of this group was found, maybe under another id than before: what is known of it stays, its reference is
 * rewritten, and how it stands is compared as at any other look. Its group is kept in that instance from now on.
 */
export function foundAgain(
  slice: GroupSlice,
  { reference, observation, key }: FoundTicket,
  { instance, hasMoved }: FoundWhere,
  moment: Moment,
): void {
  const ticket = slice.ticket(key);
  if (ticket === null) return;
  if (slice.head.instance !== instance) slice.patchHead({ instance });
  const { intent } = ticket;
  if (intent?.kind === 'open') {
    opened(slice, { ...ticket, intent }, { reference, observation }, moment);
    return;
  }
  if (ticket.reference === null) {
    cameLate(slice, ticket, { ticketKey: key, reference, observation }, moment);
    return;
  }
  const known: Ticket = { ...ticket, reference };
  slice.putTicket(hasMoved ? asItStands(known, observation, moment.now) : known);
  slice.recordEvent('ticket-adopted', moment.now, ticket.key, reference);
  // An update without an answer is asked about in its own time.
  if (intent === null) compare(slice, slice.ticket(key) ?? known, observation, moment);
}

/** What is closed as far as known and stands open in another place comes from an older state of it: nobody decided that. */
function asItStands(ticket: Ticket, { status }: FoundTicket['observation'], now: number): Ticket {
  if (ticket.intent !== null || standing(ticket) !== 'closed' || status === 'closed') return ticket;
  return { ...ticket, seen: status, seenAt: now, written: null, writtenAt: null, refused: null };
}

/** A ticket whose episode ended only because tickets were kept elsewhere serves the one that its alert has now. */
export function serve(slice: GroupSlice, ticketKey: string, episode: Episode): void {
  const ticket = slice.ticket(ticketKey);
  if (ticket === null) return;
  const before = slice.episode(ticket.episodeId);
  const { id: groupId, nextOrdinal: ordinal } = slice.head;
  if (before !== null) slice.putEpisode({ ...before, ticketKey: null });
  slice.patchHead({ nextOrdinal: ordinal + 1 });
  slice.putEpisode({ ...episode, groupId, ordinal, folded: false, ticketKey });
  slice.putTicket({ ...ticket, episodeId: episode.id });
}

export interface Departure {
  /** It leaves its place only, to become a member again with the ticket that was found. */
  readonly comesBack: boolean;
  readonly now: number;
}

/**
 * Lets an open episode go, for its ticket was found; null where something of it was sent from here. A root that was still
 * to be made for nobody but episodes that are gone is not made any more.
 */
export function letGo(slice: GroupSlice, episode: Episode, { comesBack, now }: Departure): Episode | null {
  const ticket = episode.ticketKey === null ? null : slice.ticket(episode.ticketKey);
  if (ticket !== null && wasSent(ticket)) return null;
  const left = leave(slice, episode);
  const { root, head } = slice;
  const isOfUse = head.firing > 0 || head.accountNo > head.accountedNo;
  if (comesBack || root === null || wasSent(root) || isOfUse) return left;
  slice.patchHead({ rootKey: null });
  slice.putTicket(givenUp(root));
  stopTaking(slice, 'adopted', now);
  return left;
}
