import type { Episode } from '../../domain/ticket-group/episode.js';
import type { Ticket } from '../../domain/ticket-group/ticket.js';
import { readByIds } from './chunks.js';
import type { Database } from './database-schema.js';
import { toEpisode } from './rows/episode-row.js';
import { toTicket } from './rows/ticket-row.js';

/** The episodes of those ids that exist. */
export async function episodesById(
  database: Database,
  ids: Iterable<string | null>,
): Promise<readonly Episode[]> {
  const rows = await readByIds(ids, (chunk) =>
    database.selectFrom('episodes').selectAll().where('id', 'in', chunk).execute(),
  );
  return rows.map(toEpisode);
}

/** The tickets of those correlation keys that exist. */
export async function ticketsByKey(
  database: Database,
  keys: Iterable<string | null>,
): Promise<readonly Ticket[]> {
  const rows = await readByIds(keys, (chunk) =>
    database.selectFrom('tickets').selectAll().where('key', 'in', chunk).execute(),
  );
  return rows.map(toTicket);
}
