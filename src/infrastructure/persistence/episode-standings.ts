import type { EpisodeStanding } from '../../application/ports/ticket-group-queries.js';
import type { Episode } from '../../domain/ticket-group/episode.js';
import type { Ticket } from '../../domain/ticket-group/ticket.js';
import { readByIds } from './chunks.js';
import type { Database } from './database-schema.js';
import { episodesById, ticketsByKey } from './members.js';
import { toTicket } from './rows/ticket-row.js';

/** Each episode with its ticket and the root of its group, for those that exist. */
export async function episodeStandings(
  database: Database,
  episodeIds: readonly string[],
): Promise<ReadonlyMap<string, EpisodeStanding>> {
  const episodes = await episodesById(database, episodeIds);
  const tickets = await ticketsByKey(
    database,
    episodes.map((episode) => episode.ticketKey),
  );
  const byKey = new Map(tickets.map((ticket) => [ticket.key, ticket]));
  const roots = await rootsOf(database, episodes);
  return new Map(
    episodes.map((episode) => [
      episode.id,
      {
        episode,
        ticket: episode.ticketKey === null ? null : (byKey.get(episode.ticketKey) ?? null),
        root: roots.get(episode.groupId) ?? null,
      },
    ]),
  );
}

async function rootsOf(
  database: Database,
  episodes: readonly Episode[],
): Promise<ReadonlyMap<string, Ticket>> {
  const rows = await readByIds(
    episodes.map((episode) => episode.groupId),
    (chunk) =>
      database
        .selectFrom('ticket_groups')
        .innerJoin('tickets', 'tickets.key', 'ticket_groups.root_key')
        .selectAll('tickets')
        .where('ticket_groups.id', 'in', chunk)
        .execute(),
  );
  return new Map(rows.map((row) => [row.group_id, toTicket(row)]));
}
