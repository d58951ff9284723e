import type { EndOfMembership } from './group-head.js';
import type { Episode } from './episode.js';
import { countsAsFiring } from './episode.js';
import { end } from './ending.js';
import type { GroupSlice } from './group-slice.js';
import { leave, stopTaking } from './membership.js';
import type { Moment } from './moment.js';
import { wantNote } from './note-keeping.js';
import { isOurs, standing, wasSent, type OpenOrClosed, type Ticket } from './ticket.js';

/** Who has no ticket yet when a group ends goes to the next one; nothing is opened here any more. */
export function endGroup(
  slice: GroupSlice,
  reason: EndOfMembership & ('person' | 'reopen-refused'),
  now: number,
): void {
  if (slice.head.endedBy === reason) return;
  stopTaking(slice, reason, now);
  slice.patchHead({ endedBy: reason, concluding: true });
}

/** A person changed the status of a ticket, or made it unreachable for us. What they did stands. */
export function personDecided(
  slice: GroupSlice,
  ticket: Ticket,
  what: OpenOrClosed | 'gone',
  moment: Moment,
): void {
  slice.putTicket({ ...ticket, personal: true });
  slice.recordEvent('person-decided', moment.now, ticket.key, ticket.seen);
  if (what === 'open') return;
  settleEpisode(slice, ticket, moment);
  if (ticket.key === slice.head.rootKey) endGroup(slice, 'person', moment.now);
}

/** An episode that fires on is settled; one whose end was only held is over, as its ticket is. */
function settleEpisode(slice: GroupSlice, ticket: Ticket, moment: Moment): void {
  const episode = slice.episode(ticket.episodeId);
  if (episode?.state === 'held') {
    slice.putEpisode({ ...episode, state: 'ended', holdUntil: null });
  } else if (episode?.state === 'firing') {
    slice.putEpisode({ ...episode, state: 'settled' });
    if (isOurs(ticket) && standing(ticket) === 'closed')
      wantNote(slice, ticket.key, { kind: 'settled' }, moment);
  }
}

/**
 * Deals with the members of the slice after the group has ended: tickets that stand open are to be closed and their
 * episodes settled; episodes without a ticket are returned, for the next group. A create whose outcome is unknown is
 * left until it is known. Once a pass over a fresh slice finds nothing to do, the group is concluded.
 */
export function conclude(slice: GroupSlice, moment: Moment): readonly Episode[] {
  let closed = 0;
  for (const ticket of slice.tickets) closed += Number(closeForPerson(slice, ticket, moment));
  const leavers = slice.episodes.filter((episode) => countsAsFiring(episode) && hasNoTicket(slice, episode));
  for (const episode of leavers) leave(slice, episode);
  if (closed === 0 && leavers.length === 0) slice.patchHead({ concluding: false });
  else
    slice.recordEvent(
      'members-moved',
      moment.now,
      null,
      `${leavers.length} to the next group, ${closed} closed`,
    );
  return leavers;
}

function hasNoTicket(slice: GroupSlice, episode: Episode): boolean {
  if (episode.ticketKey === null) return true;
  const ticket = slice.ticket(episode.ticketKey);
  return ticket !== null && !wasSent(ticket);
}

function closeForPerson(slice: GroupSlice, ticket: Ticket, moment: Moment): boolean {
  const episode = slice.episode(ticket.episodeId);
  const concerned = episode !== null && countsAsFiring(episode) && ticket.reference !== null;
  if (slice.head.endedBy !== 'person' || !concerned) return false;
  if (episode.state === 'held') end(slice, episode, moment);
  else slice.putEpisode({ ...episode, state: 'settled' });
  const isRoot = ticket.key === slice.head.rootKey;
  if (isOurs(ticket) && !isRoot && episode.state !== 'held') {
    wantNote(slice, ticket.key, { kind: 'group-ended' }, moment);
  }
  return true;
}
