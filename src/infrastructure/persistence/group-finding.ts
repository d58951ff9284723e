import { sql } from 'kysely';
import type { Episode } from '../../domain/ticket-group/episode.js';
import type { Ticket } from '../../domain/ticket-group/ticket.js';
import { readByIds } from './chunks.js';
import type { Database } from './database-schema.js';
import { toEpisode } from './rows/episode-row.js';
import { toTicket } from './rows/ticket-row.js';

// The conditions of partial indexes stand as literals: with bound values the database could not tell that they match.

const MOST_TICKETS = 100;
const MOST_DUE_EPISODES = 100;
const MOST_TICKETLESS_EPISODES = 1000;

export async function groupsOfOpenEpisodes(
  database: Database,
  alertIds: readonly string[],
): Promise<readonly string[]> {
  const rows = await readByIds(alertIds, (chunk) =>
    database
      .selectFrom('episodes')
      .select('group_id')
      .distinct()
      .where('alert_id', 'in', chunk)
      .where('state', '<>', sql.lit('ended'))
      .execute(),
  );
  return rows.map((row) => row.group_id);
}

export async function acceptingGroups(
  database: Database,
  groupKeys: readonly string[],
): Promise<readonly string[]> {
  const rows = await readByIds(groupKeys, (chunk) =>
    database
      .selectFrom('ticket_groups')
      .select('id')
      .where('group_key', 'in', chunk)
      .where('accepting', '=', sql.lit(1))
      .execute(),
  );
  return rows.map((row) => row.id);
}

export async function groupsElsewhere(
  database: Database,
  given: { readonly instance: string; readonly after: string; readonly limit: number },
): Promise<readonly string[]> {
  const rows = await database
    .selectFrom('ticket_groups')
    .select('id')
    .where('id', '>', given.after)
    .where('instance', '<>', given.instance)
    .where((group) =>
      group.or([
        group('accepting', '=', 1),
        group('firing', '>', 0),
        group('account_no', '>', group.ref('accounted_no')),
      ]),
    )
    .orderBy('id')
    .limit(given.limit)
    .execute();
  return rows.map((row) => row.id);
}

export async function groupsOfTickets(
  database: Database,
  ticketKeys: readonly string[],
): Promise<readonly string[]> {
  const rows = await readByIds(ticketKeys, (chunk) =>
    database.selectFrom('tickets').select('group_id').distinct().where('key', 'in', chunk).execute(),
  );
  return rows.map((row) => row.group_id);
}

export async function openEpisodes(
  database: Database,
  alertIds: readonly string[],
): Promise<readonly Episode[]> {
  const rows = await readByIds(alertIds, (chunk) =>
    database
      .selectFrom('episodes')
      .selectAll()
      .where('alert_id', 'in', chunk)
      .where('state', '<>', sql.lit('ended'))
      .execute(),
  );
  return rows.map(toEpisode);
}

/** Those with an unanswered write first: what came of it decides about the rest. */
export async function ticketsThatWantWork(
  database: Database,
  groupId: string,
  now: number,
): Promise<readonly Ticket[]> {
  const rows = await database
    .selectFrom('tickets')
    .selectAll()
    .where('group_id', '=', groupId)
    .where('work_at', '<=', now)
    .orderBy(sql`case when intent is not null then 0 else 1 end`)
    .orderBy('ordinal')
    .limit(MOST_TICKETS)
    .execute();
  return rows.map(toTicket);
}

export async function episodesWhoseHoldIsOver(
  database: Database,
  groupId: string,
  now: number,
): Promise<readonly Episode[]> {
  const rows = await database
    .selectFrom('episodes')
    .selectAll()
    .where('group_id', '=', groupId)
    .where('state', '=', sql.lit('held'))
    .where('hold_until', '<=', now)
    .orderBy('ordinal')
    .limit(MOST_DUE_EPISODES)
    .execute();
  return rows.map(toEpisode);
}

/**
 * Tickets wanted open, and those that stand open whatever is wanted. The wanted ones come first: the others stay in
 * the list until the backend has closed them, and must not hide what nobody has dealt with yet.
 */
export async function ticketsToConclude(database: Database, groupId: string): Promise<readonly Ticket[]> {
  const rows = await database
    .selectFrom('tickets')
    .selectAll()
    .where('group_id', '=', groupId)
    .where((ticket) =>
      ticket.or([
        ticket('wanted', '=', 'open'),
        ticket('reference', 'is not', null).and('seen', 'not in', ['closed', 'missing', 'foreign']),
      ]),
    )
    .orderBy(sql`case when wanted = 'open' then 0 else 1 end`)
    .orderBy('ordinal')
    .limit(MOST_TICKETS)
    .execute();
  return rows.map(toTicket);
}

export async function firingWithoutTicket(database: Database, groupId: string): Promise<readonly Episode[]> {
  const rows = await database
    .selectFrom('episodes')
    .selectAll()
    .where('group_id', '=', groupId)
    .where('ticket_key', 'is', null)
    .where(sql<boolean>`state in ('firing', 'held')`)
    .orderBy('ordinal')
    .limit(MOST_TICKETLESS_EPISODES)
    .execute();
  return rows.map(toEpisode);
}
