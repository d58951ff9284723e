import { isDoubtful, type AlertRecord } from '../alert/alert-record.js';
import type { Alert } from '../alert/alert.js';
import type { NameValue } from '../alert/label-set.js';
import type { RouteSettings } from '../route/route-settings.js';
import type { Instant } from '../time/instant.js';
import type { Episode } from './episode.js';
import type { EndOfMembership } from './group-head.js';
import type { EpisodePlace, GroupSlice } from './group-slice.js';
import type { Moment } from './moment.js';
import { wantedNote, wantNote } from './note-keeping.js';
import { givenUp, newTicket, standing, wasSent } from './ticket.js';

/** A full group whose root is older than this takes no more members: the next episode opens a new root. */
const FULL_ROOT_AGE_MS = 60 * 60_000;

/** Ends the membership when it is due, for good: the span is over, or the group is full and its root old. */
export function endMembershipIfDue(slice: GroupSlice, settings: RouteSettings, now: number): void {
  const { acceptsUntil, rootOpenedAt } = slice.head;
  if (acceptsUntil !== null && now >= acceptsUntil) stopTaking(slice, 'span', now);
  const rootIsOld = rootOpenedAt !== null && now - rootOpenedAt > FULL_ROOT_AGE_MS;
  if (rootIsOld && isFull(slice, settings)) stopTaking(slice, 'cap', now);
}

export function stopTaking(slice: GroupSlice, reason: EndOfMembership, now: number): void {
  if (!slice.head.accepting) return;
  slice.patchHead({ accepting: false, endedBy: reason });
  slice.recordEvent('membership-ended', now, null, reason);
}

/** A root that is nobody's ticket takes no place: a common one, or one that only tells of what is over. */
function isFull({ head, root }: GroupSlice, settings: RouteSettings): boolean {
  return head.placed >= settings.maxChildren + (root?.ordinal === 0 ? 0 : 1);
}

/** Opens an episode for a firing alert that has none. Beyond the cap it is folded. */
export function join(
  slice: GroupSlice,
  alert: Alert,
  given: { record: AlertRecord; settings: RouteSettings },
  moment: Moment,
): Episode {
  const doubtful = isDoubtful(given.record, alert.startsAt);
  const episode = enter(slice, opened(alert, moment.newId(), doubtful), given.settings, moment);
  slice.recordOpened(placeOf(slice, episode));
  if (doubtful)
    slice.recordEvent('alert-doubtful', moment.now, episode.ticketKey, 'its start is not after a known end');
  return episode;
}

function placeOf({ head }: GroupSlice, { folded, id }: Episode): EpisodePlace {
  if (folded) return 'folded';
  return head.firstEpisodeId === id && !head.summary ? 'first' : 'grouped';
}

function opened(alert: Alert, id: string, doubtful: boolean): Episode {
  return {
    id,
    alertId: alert.id,
    groupId: '',
    ordinal: 0,
    state: 'firing',
    startsAt: alert.startsAt,
    newestStartsAt: alert.startsAt,
    endsAt: null,
    holdUntil: null,
    firings: 1,
    doubtful,
    folded: false,
    ticketKey: null,
    accountNo: null,
    endedTogether: 0,
    flappingTold: false,
    presumedSince: null,
    leftBehind: false,
    content: alert.content,
  };
}

/** Gives an open episode its place here, be it new or one that left an ended group. Beyond the cap it is folded. */
export function enter(slice: GroupSlice, entrant: Episode, settings: RouteSettings, moment: Moment): Episode {
  forgetUnsentAccountRoot(slice);
  const { head } = slice;
  const folded = isFull(slice, settings);
  const ticketKey = folded ? null : moment.newId();
  const episode = { ...entrant, groupId: head.id, ordinal: head.nextOrdinal, folded, ticketKey };
  slice.patchHead({
    nextOrdinal: head.nextOrdinal + 1,
    placed: head.placed + Number(!folded),
    folded: head.folded + Number(folded),
    firstEpisodeId: head.firstEpisodeId ?? episode.id,
  });
  slice.putEpisode(episode);
  if (ticketKey !== null) {
    const { id, alertId, ordinal } = episode;
    slice.putTicket(newTicket({ key: ticketKey, groupId: head.id, ordinal, episodeId: id, alertId }));
  }
  nameRecurrence(slice, episode.content.labels, episode.startsAt, moment);
  return episode;
}

/** A root that was only to tell of what is over gives way to somebody who fires, as long as it was not sent. */
function forgetUnsentAccountRoot(slice: GroupSlice): void {
  const { root, head } = slice;
  if (root === null || head.summary || wasSent(root)) return;
  slice.patchHead({ rootKey: null });
  slice.putTicket(givenUp(root));
}

/** A closed root that is opened again says for whom; several newcomers are gathered in one note. */
function nameRecurrence(
  slice: GroupSlice,
  labels: readonly NameValue[],
  startsAt: Instant,
  moment: Moment,
): void {
  const { root } = slice;
  if (root === null || !wasSent(root)) return;
  const closing = root.intent?.status === 'closed';
  if (!closing && standing(root) !== 'closed') return;
  const waiting = wantedNote(slice, root.key, 'recurrence');
  if (waiting === null) wantNote(slice, root.key, { kind: 'recurrence', labels, startsAt, count: 1 }, moment);
  else slice.patchNote(waiting.id, { fact: { ...waiting.fact, count: waiting.fact.count + 1 } });
}

/** Lets an episode go that has no ticket in the backend: it will belong to the next group. */
export function leave(slice: GroupSlice, episode: Episode): Episode {
  const ticket = episode.ticketKey === null ? null : slice.ticket(episode.ticketKey);
  if (ticket !== null) slice.putTicket(givenUp(ticket));
  slice.removeEpisode(episode);
  slice.patchHead(
    episode.folded
      ? { folded: slice.head.folded - 1 }
      : { placed: slice.head.placed - Number(ticket !== null) },
  );
  return episode;
}
