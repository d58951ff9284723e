import { sql } from 'kysely';
import type { GroupDetails } from '../../application/ports/ticket-group-queries.js';
import type { GroupKey } from '../../domain/route/group-key.js';
import type { Episode } from '../../domain/ticket-group/episode.js';
import type { GroupEvent } from '../../domain/ticket-group/group-event.js';
import type { GroupHead } from '../../domain/ticket-group/group-head.js';
import type { Ticket } from '../../domain/ticket-group/ticket.js';
import type { TicketNote } from '../../domain/ticket-group/ticket-note.js';
import { readByIds } from './chunks.js';
import type { Database } from './database-schema.js';
import { memberCounts } from './member-counts.js';
import { toEpisode } from './rows/episode-row.js';
import { toGroupEvent } from './rows/group-event-row.js';
import { toGroupKey } from './rows/group-key-row.js';
import { toTicketNote } from './rows/ticket-note-row.js';
import { toTicket } from './rows/ticket-row.js';
import { firstWithoutTicket } from './without-ticket.js';

const MOST_NOTES = 100;
const MOST_EVENTS = 50;
/** A group whose key was never saved still has to be shown. */
const UNKNOWN_KEY: GroupKey = { source: '', route: '', values: [] };

/**
 * The groups as people see them, in the order given: the first tickets by order of joining (the root always, then
 * those that are wanted open or stuck), the first members without one (those that are not over before the others), the newest notes that were not dropped, and the newest events, newest first.
 */
export async function groupDetails(
  database: Database,
  heads: readonly GroupHead[],
  memberLimit: number,
): Promise<readonly GroupDetails[]> {
  const keys = await keysOf(database, heads);
  const counts = await memberCounts(
    database,
    heads.map((head) => head.id),
  );
  const details: GroupDetails[] = [];
  for (const head of heads) {
    const tickets = await firstTickets(database, head, memberLimit);
    details.push({
      head,
      key: keys.get(head.groupKey) ?? UNKNOWN_KEY,
      counts: counts(head.id),
      tickets,
      episodes: await shownEpisodes(database, head.id, { tickets, memberLimit }),
      notes: await newestNotes(database, head.id),
      events: await newestEvents(database, head.id),
    });
  }
  return details;
}

async function keysOf(
  database: Database,
  heads: readonly GroupHead[],
): Promise<ReadonlyMap<string, GroupKey>> {
  const rows = await readByIds(
    heads.map((head) => head.groupKey),
    (chunk) => database.selectFrom('group_keys').selectAll().where('id', 'in', chunk).execute(),
  );
  return new Map(rows.map((row) => [row.id, toGroupKey(row)]));
}

/** The root is shown even when more tickets than the limit came before it; what was given up is not. */
async function firstTickets(database: Database, head: GroupHead, limit: number): Promise<readonly Ticket[]> {
  const rows = await database
    .selectFrom('tickets')
    .selectAll()
    .where('group_id', '=', head.id)
    .where((ticket) => ticket.or([ticket('wanted', '<>', 'none'), ticket('reference', 'is not', null)]))
    .orderBy(sql`case when key = ${head.rootKey ?? ''} then 0 else 1 end`)
    .orderBy(sql`case when wanted = 'open' or parked is not null or refused is not null then 0 else 1 end`)
    .orderBy('ordinal')
    .limit(limit)
    .execute();
  return rows.map(toTicket).toSorted((a, b) => a.ordinal - b.ordinal);
}

/** Those of the tickets that are shown, and the first of those without one. */
async function shownEpisodes(
  database: Database,
  groupId: string,
  { tickets, memberLimit }: { readonly tickets: readonly Ticket[]; readonly memberLimit: number },
): Promise<readonly Episode[]> {
  const withTicket = await readByIds(
    tickets.map((ticket) => ticket.episodeId),
    (chunk) => database.selectFrom('episodes').selectAll().where('id', 'in', chunk).execute(),
  );
  const withoutTicket = await firstWithoutTicket(database, groupId, memberLimit);
  return [...withTicket.toSorted((a, b) => a.ordinal - b.ordinal), ...withoutTicket].map(toEpisode);
}

async function newestNotes(database: Database, groupId: string): Promise<readonly TicketNote[]> {
  const rows = await database
    .selectFrom('ticket_notes')
    .selectAll()
    .where('group_id', '=', groupId)
    .where('state', '<>', 'dropped')
    .orderBy('no', 'desc')
    .limit(MOST_NOTES)
    .execute();
  return rows.map(toTicketNote);
}

async function newestEvents(database: Database, groupId: string): Promise<readonly GroupEvent[]> {
  const rows = await database
    .selectFrom('group_events')
    .selectAll()
    .where('group_id', '=', groupId)
    .orderBy('no', 'desc')
    .limit(MOST_EVENTS)
    .execute();
  return rows.map(toGroupEvent);
}
