import { sql } from 'kysely';
import type { Episode } from '../../domain/ticket-group/episode.js';
import type { GroupHead } from '../../domain/ticket-group/group-head.js';
import type { GroupRows } from '../../domain/ticket-group/group-slice.js';
import type { Ticket } from '../../domain/ticket-group/ticket.js';
import type { TicketNote } from '../../domain/ticket-group/ticket-note.js';
import { readByIds } from './chunks.js';
import type { Database } from './database-schema.js';
import { episodesById, ticketsByKey } from './members.js';
import { toGroupHead } from './rows/group-head-row.js';
import { toTicketNote } from './rows/ticket-note-row.js';

/** What a use case asked for, before the rows that belong to it are added. */
export interface FoundRows {
  readonly episodes: readonly Episode[];
  readonly tickets: readonly Ticket[];
}

/**
 * Reads the heads of groups, in order of id, and keeps them from changing until the transaction ends. On SQLite the
 * transaction is the only one that writes, so nothing else is needed; PostgreSQL needs `for update` here and only here.
 */
export async function lockHeads(
  database: Database,
  groupIds: Iterable<string>,
): Promise<readonly GroupHead[]> {
  const rows = await readByIds(groupIds, (chunk) =>
    database.selectFrom('ticket_groups').selectAll().where('id', 'in', chunk).orderBy('id').execute(),
  );
  return rows.map(toGroupHead);
}

/**
 * Completes what was found to whole slices: the root of each group (before there is one: its first episode), for each
 * episode its ticket, for each ticket its episode and its wanted notes. Rows of other groups are left out.
 */
export async function completeSlices(
  database: Database,
  heads: readonly GroupHead[],
  found: FoundRows,
): Promise<readonly GroupRows[]> {
  const episodes = new Map(found.episodes.map((episode) => [episode.id, episode]));
  const tickets = new Map(found.tickets.map((ticket) => [ticket.key, ticket]));
  await addEpisodes(database, episodes, heads.map(firstEpisodeWithoutRoot));
  await addTickets(database, tickets, [
    ...heads.map((head) => ({ id: head.rootKey, groupId: head.id })),
    ...[...episodes.values()].map(({ ticketKey, groupId }) => ({ id: ticketKey, groupId })),
  ]);
  const ofTickets = [...tickets.values()].map(({ episodeId, groupId }) => ({ id: episodeId, groupId }));
  await addEpisodes(database, episodes, ofTickets);
  const notes = await wantedNotes(database, tickets.keys());

  const episodesOf = byGroup(episodes.values());
  const ticketsOf = byGroup(tickets.values());
  const notesOf = byGroup(notes);
  return heads.map((head) => ({
    head,
    episodes: episodesOf.get(head.id) ?? [],
    tickets: ticketsOf.get(head.id) ?? [],
    notes: notesOf.get(head.id) ?? [],
  }));
}

/** A row that a row of a group names; by now it may belong to another group, which is none of this one's business. */
interface Reference {
  readonly id: string | null;
  readonly groupId: string;
}

/** A group that never sent anything may have to name its first alert, whose episode nothing else leads to. */
function firstEpisodeWithoutRoot(head: GroupHead): Reference {
  return { id: head.rootKey === null ? head.firstEpisodeId : null, groupId: head.id };
}

async function addEpisodes(
  database: Database,
  known: Map<string, Episode>,
  references: readonly Reference[],
): Promise<void> {
  const missing = references.filter(({ id }) => id !== null && !known.has(id));
  const named = new Set(missing.map(({ groupId, id }) => `${groupId} ${id}`));
  for (const episode of await episodesById(
    database,
    missing.map(({ id }) => id),
  )) {
    if (named.has(`${episode.groupId} ${episode.id}`)) known.set(episode.id, episode);
  }
}

async function addTickets(
  database: Database,
  known: Map<string, Ticket>,
  references: readonly Reference[],
): Promise<void> {
  const missing = references.filter(({ id }) => id !== null && !known.has(id));
  const named = new Set(missing.map(({ groupId, id }) => `${groupId} ${id}`));
  for (const ticket of await ticketsByKey(
    database,
    missing.map(({ id }) => id),
  )) {
    if (named.has(`${ticket.groupId} ${ticket.key}`)) known.set(ticket.key, ticket);
  }
}

async function wantedNotes(database: Database, ticketKeys: Iterable<string>): Promise<readonly TicketNote[]> {
  const rows = await readByIds(ticketKeys, (chunk) =>
    database
      .selectFrom('ticket_notes')
      .selectAll()
      .where('ticket_key', 'in', chunk)
      .where('state', '=', sql.lit('wanted'))
      .orderBy('no')
      .execute(),
  );
  return rows.map(toTicketNote);
}

function byGroup<Row extends { readonly groupId: string }>(
  rows: Iterable<Row>,
): ReadonlyMap<string, readonly Row[]> {
  return Map.groupBy(rows, (row) => row.groupId);
}
