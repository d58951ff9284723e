import { countsAsFiring, type Episode } from './episode.js';
import { isKeyless } from './group-head.js';
import type { GroupSlice } from './group-slice.js';
import { leave, stopTaking } from './membership.js';
import type { Moment } from './moment.js';
import { wasSent, type Ticket } from './ticket.js';

/** Due at once, whatever it waited for. */
const AT_ONCE = 0;

/**
 * Another backend instance is in use now. A group of which nothing was sent, nor may have been, is kept there from now
 * on; returns false for any other, which stays as it is. The root is sent before all else, so the slice tells.
 */
export function takeOver(slice: GroupSlice, instance: string): boolean {
  if (slice.head.openChildren > 0 || slice.tickets.some(wasSent)) return false;
  slice.patchHead({ instance, attempts: 0, retryAt: 0, dueAt: AT_ONCE });
  return true;
}

/** What the group has in the other backend stays there: it takes no more members, and an episode of it ends. */
export function leaveBehind(slice: GroupSlice, episode: Episode | null, now: number): void {
  slice.markElsewhere();
  stopTaking(slice, 'backend', now);
  if (episode !== null) slice.putEpisode({ ...episode, state: 'ended', holdUntil: null, leftBehind: true });
}

/**
 * Leaves the open episodes of the slice behind and returns those of them that begin anew: what fires, and what was never
 * sent. Some stay until they are heard: one whose create may yet be found, and what is only presumed to fire. Once a pass
 * over a fresh slice leaves nothing behind, all is done. Of the ends that are still untold, another group tells.
 */
export function leaveAllBehind(
  slice: GroupSlice,
  untold: readonly Episode[],
  moment: Moment,
): { readonly left: number; readonly leavers: readonly Episode[] } {
  slice.markElsewhere();
  stopTaking(slice, 'backend', moment.now);
  const toldTo = untold.at(-1)?.accountNo ?? slice.head.accountedNo;
  if (toldTo !== slice.head.accountedNo) slice.patchHead({ accountedNo: toldTo });
  // Where an episode of a group without a key belongs shows when its alert is heard.
  if (isKeyless(slice.head)) return { left: 0, leavers: [] };
  const concerned = slice.episodes.filter((episode) => countsAsFiring(episode) && !stays(slice, episode));
  const leavers = concerned.flatMap((episode) => departed(slice, episode, moment) ?? []);
  return { left: concerned.length, leavers };
}

function stays(slice: GroupSlice, episode: Episode): boolean {
  return episode.presumedSince !== null || ticketOf(slice, episode)?.intent?.kind === 'open';
}

function ticketOf(slice: GroupSlice, { ticketKey }: Episode): Ticket | null {
  return ticketKey === null ? null : slice.ticket(ticketKey);
}

/** It with nothing of this group; null for one whose end was heard: its ticket tells that, or nobody needs it. */
function departed(slice: GroupSlice, episode: Episode, { now, newId }: Moment): Episode | null {
  const ticket = ticketOf(slice, episode);
  if (ticket === null || !wasSent(ticket)) return leave(slice, episode);
  leaveBehind(slice, episode, now);
  return episode.state === 'firing' ? { ...episode, id: newId() } : null;
}

/** What ended without a ticket in a group whose root will not tell of it is told of under the root of this one. */
export function account(slice: GroupSlice, episode: Episode): void {
  const { id: groupId, nextOrdinal: ordinal, accountNo: last, firstEpisodeId } = slice.head;
  const accountNo = last + 1;
  slice.putEpisode({ ...episode, groupId, ordinal, accountNo, folded: false });
  slice.patchHead({ accountNo, nextOrdinal: ordinal + 1, firstEpisodeId: firstEpisodeId ?? episode.id });
}
