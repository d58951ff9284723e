import { alertKeyText } from '../../../src/domain/alert/alert.js';
import { LabelSet } from '../../../src/domain/alert/label-set.js';
import type { AlertRecord } from '../../../src/domain/alert/alert-record.js';
import { newAlertRecord } from '../../../src/domain/alert/alert-record.js';
import type { Episode } from '../../../src/domain/ticket-group/episode.js';
import { newGroupHead, type GroupHead } from '../../../src/domain/ticket-group/group-head.js';
import { GroupSlice, type GroupRows } from '../../../src/domain/ticket-group/group-slice.js';
import { newTicket, type Ticket, type WriteIntent } from '../../../src/domain/ticket-group/ticket.js';
import type { TicketNote } from '../../../src/domain/ticket-group/ticket-note.js';
import { instantFromMillis } from '../../../src/domain/time/instant.js';

/** A group of the instance `backend` that takes members, opened at 1000, due never. */
export function aHead(given: Partial<GroupHead> = {}): GroupHead {
  const fresh = newGroupHead({
    id: 'group-1',
    groupKey: 'key of group-1',
    instance: 'backend',
    openedAt: 1000,
    acceptsUntil: 9000,
    summary: false,
    previousGroupId: null,
  });
  const groupKey = given.id === undefined ? fresh.groupKey : `key of ${given.id}`;
  return { ...fresh, groupKey, ...given };
}

/** A firing episode without a ticket, the first of `group-1`; its alert is named after it. */
export function anEpisode(given: Partial<Episode> = {}): Episode {
  const id = given.id ?? 'episode-1';
  return {
    id,
    alertId: `alert of ${id}`,
    groupId: 'group-1',
    ordinal: 1,
    state: 'firing',
    startsAt: instantFromMillis(1000),
    newestStartsAt: instantFromMillis(1000),
    endsAt: null,
    holdUntil: null,
    firings: 1,
    doubtful: false,
    folded: false,
    ticketKey: null,
    accountNo: null,
    endedTogether: 0,
    flappingTold: false,
    presumedSince: null,
    leftBehind: false,
    content: {
      source: 'default',
      labels: [],
      annotations: [],
      generatorUrl: null,
      externalUrl: null,
      fingerprint: null,
    },
    ...given,
  };
}

/** A ticket of `group-1` that nothing has been done about and that wants no work. */
export function aTicket(given: Partial<Ticket> = {}): Ticket {
  const key = given.key ?? 'ticket-1';
  const fresh = newTicket({
    key,
    groupId: 'group-1',
    ordinal: 1,
    episodeId: null,
    alertId: `alert of ${key}`,
  });
  return { ...fresh, workAt: null, ...given };
}

/** A close without a note that was recorded at 1 and is not answered. */
export function anIntent(given: Partial<WriteIntent> = {}): WriteIntent {
  return {
    kind: 'update',
    status: 'closed',
    noteIds: [],
    accountTo: 0,
    foldedTo: 0,
    at: 1,
    askAt: null,
    ...given,
  };
}

/** A wanted note on `ticket-1`. */
export function aNote(given: Partial<TicketNote> = {}): TicketNote {
  return {
    id: 'note-1',
    groupId: 'group-1',
    ticketKey: 'ticket-1',
    fact: { kind: 'ended' },
    notBefore: 0,
    state: 'wanted',
    text: null,
    createdAt: 1000,
    ...given,
  };
}

export function anAlertRecord(given: Partial<AlertRecord> = {}): AlertRecord {
  const id = given.id ?? 'alert-1';
  return { ...newAlertRecord(id, alertKeyText('default', LabelSet.of([['alertname', id]]))), ...given };
}

/** An episode and its ticket that know of each other: `episode-<name>` and `ticket-<name>`. */
export function aMember(
  name: string,
  given: { readonly episode?: Partial<Episode>; readonly ticket?: Partial<Ticket> } = {},
): { readonly episode: Episode; readonly ticket: Ticket } {
  const [episodeId, ticketKey] = [`episode-${name}`, `ticket-${name}`];
  return {
    episode: anEpisode({ id: episodeId, ticketKey, ...given.episode }),
    ticket: aTicket({ key: ticketKey, episodeId, alertId: `alert of ${episodeId}`, ...given.ticket }),
  };
}

/**
 * A new group that a store can save, all its rows changed. The counts of the head are those given, whatever its
 * members say: the store keeps them, it does not count.
 */
export function aGroup(head: GroupHead, rows: Partial<Omit<GroupRows, 'head'>> = {}): GroupSlice {
  const slice = new GroupSlice({ head, episodes: [], tickets: [], notes: [] }, true);
  for (const episode of rows.episodes ?? []) slice.putEpisode(episode);
  for (const ticket of rows.tickets ?? []) slice.putTicket(ticket);
  for (const note of rows.notes ?? []) slice.addNote(note);
  slice.patchHead(head);
  return slice;
}

/** Rows of a group that the store knows already: only they are changed, its head is not. */
export function changesOf(rows: Partial<Omit<GroupRows, 'head'>>): Pick<GroupSlice, 'changes'> {
  const changes = aGroup(aHead(), rows).changes();
  return { changes: () => ({ ...changes, head: null, isNew: false }) };
}
