import type { DeadLetterPage } from '../../../src/application/ports/dead-letter-queries.js';
import type { DeadLetter } from '../../../src/application/ports/store.js';
import type {
  EpisodeStanding,
  GroupDetails,
  GroupPage,
  GroupSearch,
  GroupStateFilter,
  MemberCounts,
} from '../../../src/application/ports/ticket-group-queries.js';
import { labelsOfKeyText } from '../../../src/domain/alert/alert.js';
import { countsAsFiring, type Episode } from '../../../src/domain/ticket-group/episode.js';
import type { GroupHead } from '../../../src/domain/ticket-group/group-head.js';
import { isGivenUp, isUnfinished, type Ticket } from '../../../src/domain/ticket-group/ticket.js';
import { isStuck } from '../../../src/domain/ticket-group/timing.js';
import { isZeroInstant } from '../../../src/domain/time/instant.js';
import type { MemoryTables } from './memory-tables.js';

const MEMBERS_IN_LIST = 60;
const MOST_NOTES = 100;
const MOST_EVENTS = 50;

interface Paging {
  readonly page: number;
  readonly perPage: number;
}

export function listGroups(
  tables: MemoryTables,
  { filter, search }: { readonly filter: GroupStateFilter | null; readonly search: GroupSearch },
  paging: Paging,
): GroupPage {
  const heads = tables.groups.all().map((row) => row.head);
  const wanted = heads
    .filter((head) => filter === null || isIn(tables, head, filter))
    .filter((head) => search.length === 0 || hasMemberWith(tables, head, search))
    .toReversed();
  const from = (paging.page - 1) * paging.perPage;
  const groups = wanted.slice(from, from + paging.perPage);
  return { total: wanted.length, groups: groups.map((head) => detailsOf(tables, head, MEMBERS_IN_LIST)) };
}

export function findGroup(tables: MemoryTables, groupId: string, memberLimit: number): GroupDetails | null {
  const row = tables.groups.get(groupId);
  return row === null ? null : detailsOf(tables, row.head, memberLimit);
}

export function standingsOf(
  tables: MemoryTables,
  episodeIds: readonly string[],
): ReadonlyMap<string, EpisodeStanding> {
  const episodes = episodeIds.flatMap((id) => tables.episodes.get(id) ?? []);
  return new Map(
    episodes.map((episode) => {
      const rootKey = tables.groups.get(episode.groupId)?.head.rootKey ?? null;
      const root = tables.tickets.get(rootKey);
      return [episode.id, { episode, ticket: tables.tickets.get(episode.ticketKey), root }];
    }),
  );
}

export function listDeadLetters(tables: MemoryTables, { page, perPage }: Paging): DeadLetterPage {
  const letters = tables.deadLetters.all().toSorted(newestFirst);
  return { total: letters.length, letters: letters.slice((page - 1) * perPage, page * perPage) };
}

function newestFirst(a: DeadLetter, b: DeadLetter): number {
  return b.receivedAt - a.receivedAt || (a.id < b.id ? 1 : -1);
}

function isIn(tables: MemoryTables, head: GroupHead, filter: GroupStateFilter): boolean {
  if (filter === 'parked') {
    return tables.tickets.by('group', head.id).some(isStuck);
  }
  const isOpen =
    head.firing > 0 ||
    settledMembers(tables, head) > 0 ||
    head.openChildren > 0 ||
    tables.tickets.by('group', head.id).some(isUnfinished);
  return isOpen === (filter === 'open');
}

function settledMembers(tables: MemoryTables, head: GroupHead): number {
  return tables.episodes.by('group', head.id).filter((episode) => episode.state === 'settled').length;
}

function hasMemberWith(tables: MemoryTables, head: GroupHead, search: GroupSearch): boolean {
  return tables.episodes.by('group', head.id).some((episode) => {
    const record = tables.alerts.get(episode.alertId);
    const labels = record === null ? [] : labelsOfKeyText(record.keyText);
    const lines = labels.map(([name, value]) => folded(`${name}:${value}`));
    return search.every((word) => lines.some((line) => line.includes(folded(word))));
  });
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

function detailsOf(tables: MemoryTables, head: GroupHead, memberLimit: number): GroupDetails {
  const tickets = firstTickets(tables, head, memberLimit);
  const notes = tables.notes.by('group', head.id).filter((note) => note.state !== 'dropped');
  return {
    head,
    key: tables.groupKeys.get(head.groupKey) ?? { source: '', route: '', values: [] },
    counts: countsOf(tables, head),
    tickets,
    episodes: shownEpisodes(tables, head.id, { tickets, memberLimit }),
    notes: notes.toReversed().slice(0, MOST_NOTES),
    events: tables.events.by('group', head.id).toReversed().slice(0, MOST_EVENTS),
  };
}

function countsOf(tables: MemoryTables, head: GroupHead): MemberCounts {
  const episodes = tables.episodes.by('group', head.id);
  const tickets = tables.tickets.by('group', head.id).filter((ticket) => !isGivenUp(ticket));
  const firing = episodes.filter(({ state }) => state === 'firing' || state === 'settled');
  return {
    held: episodes.filter(({ state }) => state === 'held').length,
    settled: settledMembers(tables, head),
    doubtful: episodes.filter(({ doubtful, state }) => doubtful && state !== 'ended').length,
    firingSince:
      firing
        .map(({ startsAt }) => startsAt)
        .filter(isKnown)
        .toSorted()[0] ?? null,
    withoutTicket: episodes.filter(({ ticketKey }) => ticketKey === null).length,
    tickets: tickets.length,
    unopened: tickets.filter(({ reference }) => reference === null).length,
  };
}

function isKnown(startsAt: Episode['startsAt']): boolean {
  return !isZeroInstant(startsAt);
}

function firstTickets(tables: MemoryTables, head: GroupHead, limit: number): readonly Ticket[] {
  const tickets = tables.tickets.by('group', head.id).filter((ticket) => !isGivenUp(ticket));
  const isRoot = (ticket: Ticket): number => Number(ticket.key === head.rootKey);
  const rootFirst = tickets.toSorted(
    (a, b) => isRoot(b) - isRoot(a) || wantsALook(b) - wantsALook(a) || byOrdinal(a, b),
  );
  return rootFirst.slice(0, limit).toSorted(byOrdinal);
}

function wantsALook({ wanted, parked, refused }: Ticket): number {
  return Number(wanted === 'open' || parked !== null || refused !== null);
}

function shownEpisodes(
  tables: MemoryTables,
  groupId: string,
  { tickets, memberLimit }: { readonly tickets: readonly Ticket[]; readonly memberLimit: number },
): readonly Episode[] {
  const withTicket = tickets.flatMap((ticket) => tables.episodes.get(ticket.episodeId) ?? []);
  const others = tables.episodes.by('group', groupId).filter((episode) => episode.ticketKey === null);
  const openFirst = others.toSorted(
    (a, b) => Number(countsAsFiring(b)) - Number(countsAsFiring(a)) || byOrdinal(a, b),
  );
  return [...withTicket.toSorted(byOrdinal), ...openFirst.slice(0, memberLimit)];
}

function byOrdinal(a: { readonly ordinal: number }, b: { readonly ordinal: number }): number {
  return a.ordinal - b.ordinal;
}
