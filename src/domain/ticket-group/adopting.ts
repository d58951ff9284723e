import type { AlertContent } from '../alert/alert.js';
import type { RouteSettings } from '../route/route-settings.js';
import { UNKNOWN_INSTANT, type Instant } from '../time/instant.js';
import { holdOrEnd } from './ending.js';
import type { Episode } from './episode.js';
import { GroupSlice } from './group-slice.js';
import { newGroupHead, type GroupHead } from './group-head.js';
import type { Moment } from './moment.js';
import { wantNote } from './note-keeping.js';
import { compare, type Observation } from './observing.js';
import { givenUp, newTicket, type Ticket } from './ticket.js';

/** A ticket that stands open in the backend and carries a key line of ours. */
export interface FoundTicket {
  readonly reference: string;
  readonly key: string;
  /** Hash of its alert key, `-` for one that is nobody's alert. */
  readonly alertId: string;
  /** With the time: many pages are read before the first ticket is taken in. */
  readonly observation: Exclude<Observation, 'missing'> & { readonly readAt: number };
}

/** What the store knows of the alert of a ticket that it does not know. */
export type AlertOfFound =
  | { readonly kind: 'unheard' } // nothing: presumed firing
  | { readonly kind: 'fires'; readonly episode: Episode } // it has an open episode without a ticket in the backend
  | { readonly kind: 'over'; readonly endsAt: Instant; readonly content: AlertContent } // only its end was heard
  | { readonly kind: 'has-ticket'; readonly reference: string | null }; // it has another ticket

/** A found ticket with what becomes of it. */
export interface Adoptee {
  readonly found: FoundTicket;
  readonly alert: AlertOfFound;
}

/** Tickets that become members of one group, one of them its root where `root` is the key of it. */
export interface AdoptedTree {
  readonly root: string | null;
  readonly members: readonly Adoptee[];
}

const NOTHING_KNOWN: AlertContent = {
  source: '',
  labels: [],
  annotations: [],
  generatorUrl: null,
  externalUrl: null,
  fingerprint: null,
};

/** A group that is made for found tickets: of which key it is, shows when one of its alerts is heard. */
export function adoptedSlice(
  given: { readonly id: string; readonly instance: string },
  now: number,
): GroupSlice {
  const head = newGroupHead({
    ...given,
    groupKey: given.id,
    openedAt: now,
    acceptsUntil: null,
    summary: false,
    previousGroupId: null,
  });
  const adopted: GroupHead = { ...head, accepting: false, endedBy: 'adopted' };
  const slice = new GroupSlice({ head: adopted, episodes: [], tickets: [], notes: [] }, true);
  slice.recordEvent('group-opened', now, null, null);
  return slice;
}

/** The group's key is known now. With a time, or null for as long as one fires, it takes members from here on. */
export function learnKey(slice: GroupSlice, groupKey: string, takes: { until: number | null } | null): void {
  slice.patchHead({ groupKey });
  if (takes === null || slice.head.endedBy !== 'adopted') return;
  slice.patchHead({ accepting: true, endedBy: null, acceptsUntil: takes.until });
}

/**
 * Takes the tickets of one tree in, its root first. Nothing is written to them by that alone; what is over or superfluous
 * is then closed like any other.
 */
export function adopt(slice: GroupSlice, tree: AdoptedTree, settings: RouteSettings, moment: Moment): void {
  const root = tree.members.find(({ found }) => found.key === tree.root);
  if (root !== undefined) becomeRoot(slice, root.found, moment.now);
  const others = tree.members.filter((member) => member !== root);
  for (const adoptee of root === undefined ? others : [root, ...others]) {
    takeIn(slice, adoptee, moment);
    const episode = adoptee.alert.kind === 'over' ? slice.openEpisodeOf(adoptee.found.alertId) : null;
    if (episode !== null) holdOrEnd(slice, episode, { settings, flapping: false }, moment);
  }
}

/** A root that was still to be made gives way to the one that there is. */
function becomeRoot(slice: GroupSlice, found: FoundTicket, now: number): void {
  const { root } = slice;
  slice.patchHead({ rootKey: found.key, rootOpenedAt: now, summary: found.alertId === '-' });
  if (root !== null) slice.putTicket(givenUp(root));
}

function takeIn(slice: GroupSlice, { found, alert }: Adoptee, moment: Moment): void {
  const { head } = slice;
  const { key, alertId, reference, observation } = found;
  const isCommon = alertId === '-';
  const episode = isCommon ? null : placed(slice, found, episodeFor(found, alert, moment));
  const ordinal = episode?.ordinal ?? 0;
  const fresh = newTicket({ key, groupId: head.id, ordinal, episodeId: episode?.id ?? null, alertId });
  const ticket: Ticket = { ...fresh, reference, seen: 'open' };
  slice.putTicket(ticket);
  slice.recordEvent('ticket-adopted', moment.now, key, reference);
  if (alert.kind === 'has-ticket') tellSuperfluous(slice, ticket, alert.reference, moment);
  compare(slice, ticket, observation, moment);
}

function placed(slice: GroupSlice, found: FoundTicket, unplaced: Episode): Episode {
  const { head } = slice;
  const { nextOrdinal: ordinal, id: groupId } = head;
  const episode: Episode = { ...unplaced, groupId, ordinal, folded: false, ticketKey: found.key };
  slice.patchHead({
    nextOrdinal: ordinal + 1,
    placed: head.placed + 1,
    firstEpisodeId: head.firstEpisodeId ?? episode.id,
  });
  slice.putEpisode(episode);
  return episode;
}

function episodeFor(found: FoundTicket, alert: AlertOfFound, moment: Moment): Episode {
  if (alert.kind === 'fires') return alert.episode;
  const presumed = presumedEpisode(found.alertId, moment);
  if (alert.kind === 'unheard') return presumed;
  if (alert.kind === 'over')
    return { ...presumed, presumedSince: null, endsAt: alert.endsAt, content: alert.content };
  return { ...presumed, presumedSince: null, state: 'ended' };
}

function presumedEpisode(alertId: string, moment: Moment): Episode {
  return {
    id: moment.newId(),
    alertId,
    groupId: '',
    ordinal: 0,
    state: 'firing',
    startsAt: UNKNOWN_INSTANT,
    newestStartsAt: UNKNOWN_INSTANT,
    endsAt: null,
    holdUntil: null,
    firings: 1,
    doubtful: false,
    folded: false,
    ticketKey: null,
    accountNo: null,
    endedTogether: 0,
    flappingTold: false,
    presumedSince: moment.now,
    leftBehind: false,
    content: NOTHING_KNOWN,
  };
}

/** A root whose alert has a newer ticket is no surprise: the alert came back as a child, and that was told then. */
function tellSuperfluous(slice: GroupSlice, { key }: Ticket, other: string | null, moment: Moment): void {
  if (key === slice.head.rootKey) slice.patchHead({ rootOverTold: true });
  else wantNote(slice, key, { kind: 'superfluous', other }, moment);
}
