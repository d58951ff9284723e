import { isDoubtful, type AlertRecord } from '../alert/alert-record.js';
import type { Alert } from '../alert/alert.js';
import type { NameValue } from '../alert/label-set.js';
import type { RouteSettings } from '../route/route-settings.js';
import type { Instant } from '../time/instant.js';
import type { Episode } from './episode.js';
import type { EndOfMembership, GroupHead } from './group-head.js';
import type { GroupSlice } from './group-slice.js';
import type { Moment } from './moment.js';
import { wantedNote, wantNote } from './note-keeping.js';
import { newTicket, standing, wasSent } from './ticket.js';

/** A full group whose root is older than this takes no more members: the next episode opens a new root. */
const FULL_ROOT_AGE_MS = 60 * 60_000;

/** Why the group cannot take a member now, or null when it can. */
export function reasonToRefuse(
  head: GroupHead,
  settings: RouteSettings,
  now: number,
): EndOfMembership | null {
  if (!head.accepting) return head.endedBy;
  if (head.acceptsUntil !== null && now >= head.acceptsUntil) return 'span';
  const rootIsOld = head.rootOpenedAt !== null && now - head.rootOpenedAt > FULL_ROOT_AGE_MS;
  return isFull(head, settings) && rootIsOld ? 'cap' : null;
}

export function stopTaking(slice: GroupSlice, reason: EndOfMembership, now: number): void {
  if (!slice.head.accepting) return;
  slice.patchHead({ accepting: false, endedBy: reason });
  slice.recordEvent('membership-ended', now, null, reason);
}

function isFull(head: GroupHead, settings: RouteSettings): boolean {
  return head.placed >= settings.maxChildren + (head.summary ? 0 : 1);
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
  if (doubtful)
    slice.recordEvent('alert-doubtful', moment.now, episode.ticketKey, 'its start is not after a known end');
  return episode;
}

/** Takes over an open episode that leaves an ended group. */
export function take(slice: GroupSlice, episode: Episode, settings: RouteSettings, moment: Moment): Episode {
  return enter(slice, episode, settings, moment);
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
    content: alert.content,
  };
}

function enter(slice: GroupSlice, entrant: Episode, settings: RouteSettings, moment: Moment): Episode {
  forgetUnsentAccountRoot(slice);
  const { head } = slice;
  const folded = isFull(head, settings);
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
  slice.putTicket({ ...root, wanted: 'none', episodeId: null, workAt: null });
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
  if (ticket !== null) slice.putTicket({ ...ticket, wanted: 'none', episodeId: null, workAt: null });
  slice.removeEpisode(episode);
  slice.patchHead(
    episode.folded
      ? { folded: slice.head.folded - 1 }
      : { placed: slice.head.placed - Number(ticket !== null) },
  );
  return episode;
}
