import { countEnd, heardEnd, isDoubtful, isFlapping, type AlertRecord } from '../alert/alert-record.js';
import type { Alert } from '../alert/alert.js';
import type { RouteSettings } from '../route/route-settings.js';
import { laterOf, type Instant } from '../time/instant.js';
import { countsAsFiring, type Episode } from './episode.js';
import type { GroupSlice } from './group-slice.js';
import type { Moment } from './moment.js';
import { dropNotes, wantedNote, wantNote } from './note-keeping.js';
import { heardPresumed, withWhatEnded } from './presuming.js';
import { givenUp, isOurs, wasSent } from './ticket.js';

const FLAPPING_HOLD_MS = 30 * 60_000;
/** Re-fires within a hold are told of at most this often. */
const GATHER_MS = 10 * 60_000;

/** A firing of an alert whose episode is open. `begins-anew`: the episode is over, its alert may open another. */
export function heardFiring(
  slice: GroupSlice,
  episode: Episode,
  heard: { readonly alert: Alert; readonly record: AlertRecord },
  moment: Moment,
): 'known' | 'begins-anew' {
  if (episode.presumedSince !== null) return heardPresumed(slice, episode, heard);
  const { startsAt } = heard.alert;
  const newer = startsAt > episode.newestStartsAt;
  if (episode.state === 'settled' && newer) {
    slice.putEpisode({ ...episode, state: 'ended' });
    return 'begins-anew';
  }
  const newestStartsAt = laterOf(episode.newestStartsAt, startsAt);
  const doubtful = isDoubtful(heard.record, newestStartsAt);
  if (episode.state === 'held') {
    const firings = episode.firings + 1;
    slice.putEpisode({
      ...episode,
      state: 'firing',
      endsAt: null,
      holdUntil: null,
      newestStartsAt,
      firings,
      doubtful,
    });
    noteRefire(slice, episode, startsAt, moment);
  } else if (newer) {
    slice.putEpisode({ ...episode, newestStartsAt, doubtful });
  }
  return 'known';
}

function noteRefire(slice: GroupSlice, episode: Episode, startsAt: Instant, moment: Moment): void {
  if (!hasOurTicket(slice, episode)) return;
  dropNotes(slice, episode.ticketKey, ['end-noted']);
  const waiting = wantedNote(slice, episode.ticketKey, 'refired');
  if (waiting === null)
    wantNote(
      slice,
      episode.ticketKey,
      { kind: 'refired', count: 1, startsAt },
      { ...moment, delayMs: GATHER_MS },
    );
  else slice.patchNote(waiting.id, { fact: { kind: 'refired', count: waiting.fact.count + 1, startsAt } });
}

function hasOurTicket(slice: GroupSlice, episode: Episode): episode is Episode & { ticketKey: string } {
  const ticket = episode.ticketKey === null ? null : slice.ticket(episode.ticketKey);
  return ticket !== null && wasSent(ticket) && (isOurs(ticket) || ticket.intent !== null);
}

export interface ResolvedGiven {
  readonly record: AlertRecord;
  readonly settings: RouteSettings;
  /** How many alerts end in the same notification. */
  readonly together: number;
}

/**
 * What a `resolved` did: `ended` also when its end is held, and `end-known` when it was held already. The record is to be
 * kept in every case.
 */
export interface ResolvedOutcome {
  readonly kind: 'ended' | 'end-known' | 'stale';
  readonly record: AlertRecord;
}

/** A `resolved` of an alert whose episode is open. A copy of an end already known changes nothing. */
export function heardResolved(
  slice: GroupSlice,
  episode: Episode,
  heard: ResolvedGiven & { alert: Alert },
  moment: Moment,
): ResolvedOutcome {
  const { endsAt } = heard.alert;
  const record = heardEnd(heard.record, endsAt);
  if (endsAt < episode.newestStartsAt) return { kind: 'stale', record };
  if (episode.state === 'held' && episode.endsAt !== null && endsAt <= episode.endsAt)
    return { kind: 'end-known', record };
  const known = { ...withWhatEnded(episode, heard.alert), endsAt, endedTogether: heard.together };
  if (episode.state === 'settled') {
    slice.putEpisode({ ...known, state: 'ended' });
    return { kind: 'ended', record };
  }
  const isHeld = episode.state === 'held';
  const counted = isHeld ? record : countEnd(record, moment.now);
  holdOrEnd(slice, known, { settings: heard.settings, flapping: isFlapping(counted, moment.now) }, moment);
  return { kind: isHeld ? 'end-known' : 'ended', record: counted };
}

/** What an end that was heard does to an open episode. */
export function holdOrEnd(
  slice: GroupSlice,
  episode: Episode,
  given: { readonly settings: RouteSettings; readonly flapping: boolean },
  moment: Moment,
): void {
  const holdUntil = heldUntil(given, moment.now);
  if (holdUntil === moment.now) {
    end(slice, episode, moment);
    return;
  }
  const flappingTold = episode.flappingTold || given.flapping;
  slice.putEpisode({ ...episode, state: 'held', holdUntil, flappingTold });
  if (given.flapping && !episode.flappingTold) tellFlapping(slice, episode, moment);
  else if (holdUntil === null && !given.flapping && episode.state === 'firing')
    wantEndNote(slice, episode, moment);
}

/** When the end counts: now, after the hold, or (null) when a person closes the ticket. */
function heldUntil(
  { settings, flapping }: { readonly settings: RouteSettings; readonly flapping: boolean },
  now: number,
): number | null {
  if (settings.autoClose === 'note') return null;
  return now + Math.max(settings.closeAfterMs, flapping ? FLAPPING_HOLD_MS : 0);
}

/** Under `auto_close: note` an end is noted once, until it fires again. */
function wantEndNote(slice: GroupSlice, episode: Episode, moment: Moment): void {
  if (!hasOurTicket(slice, episode) || wantedNote(slice, episode.ticketKey, 'end-noted') !== null) return;
  wantNote(slice, episode.ticketKey, { kind: 'end-noted' }, moment);
}

function tellFlapping(slice: GroupSlice, episode: Episode, moment: Moment): void {
  slice.recordEvent('flapping', moment.now, episode.ticketKey, 'three ends within an hour');
  if (hasOurTicket(slice, episode)) wantNote(slice, episode.ticketKey, { kind: 'flapping' }, moment);
}

/** The episode is over. Its ticket is to be closed with a note; one that was never sent gives its place back. */
export function end(slice: GroupSlice, episode: Episode, moment: Moment): void {
  const ticket = episode.ticketKey === null ? null : slice.ticket(episode.ticketKey);
  const over: Episode = { ...episode, state: 'ended', holdUntil: null };
  if (ticket !== null && wasSent(ticket)) {
    slice.putEpisode(over);
    dropNotes(slice, ticket.key, ['refired', 'flapping', 'end-noted']);
    if (ticket.key !== slice.head.rootKey) wantNote(slice, ticket.key, { kind: 'ended' }, moment);
    return;
  }
  endWithoutTicket(slice, over);
}

/** It is listed in the root's next note instead. */
export function endWithoutTicket(slice: GroupSlice, over: Episode): void {
  const ticket = over.ticketKey === null ? null : slice.ticket(over.ticketKey);
  const accountNo = slice.head.accountNo + 1;
  slice.patchHead({ accountNo, placed: slice.head.placed - Number(ticket !== null) });
  slice.putEpisode({ ...over, ticketKey: null, accountNo });
  if (ticket === null) return;
  dropNotes(slice, ticket.key, 'all');
  slice.putTicket(givenUp(ticket));
}

/** Ends the held episodes of the slice whose hold is over. */
export function endHeld(slice: GroupSlice, moment: Moment): void {
  for (const episode of slice.episodes) {
    const over = episode.holdUntil !== null && episode.holdUntil <= moment.now;
    if (over && countsAsFiring(episode)) end(slice, episode, moment);
  }
}
