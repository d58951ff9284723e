import { sql } from 'kysely';
import type { MemberCounts } from '../../application/ports/ticket-group-queries.js';
import type { EpisodeState } from '../../domain/ticket-group/episode.js';
import { UNKNOWN_INSTANT } from '../../domain/time/instant.js';
import { readByIds } from './chunks.js';
import type { Database } from './database-schema.js';
import { countWithoutTicket } from './without-ticket.js';

type EpisodeCounts = Pick<MemberCounts, 'held' | 'settled' | 'doubtful' | 'firingSince'>;
type TicketCounts = Pick<MemberCounts, 'tickets' | 'unopened'>;

const OPEN_STATES: readonly Exclude<EpisodeState, 'ended'>[] = ['firing', 'held', 'settled'];
const NO_EPISODE: EpisodeCounts = { held: 0, settled: 0, doubtful: 0, firingSince: null };
const NO_TICKET: TicketCounts = { tickets: 0, unopened: 0 };

/** What there is in each of these groups, of all its members. */
export async function memberCounts(
  database: Database,
  groupIds: readonly string[],
): Promise<(groupId: string) => MemberCounts> {
  const goingOn = await countGoingOn(database, groupIds);
  const withoutTicket = await countWithoutTicket(database, groupIds);
  const tickets = await countTickets(database, groupIds);
  return (id) => ({
    ...(goingOn.get(id) ?? NO_EPISODE),
    ...(tickets.get(id) ?? NO_TICKET),
    withoutTicket: withoutTicket.get(id) ?? 0,
  });
}

async function countGoingOn(
  database: Database,
  groupIds: readonly string[],
): Promise<ReadonlyMap<string, EpisodeCounts>> {
  const rows = await readByIds(groupIds, (chunk) =>
    database
      .selectFrom('episodes')
      .select((episode) => [
        'group_id',
        sql<number>`sum(case state when 'held' then 1 else 0 end)`.as('held'),
        sql<number>`sum(case state when 'settled' then 1 else 0 end)`.as('settled'),
        episode.fn.sum<number>('doubtful').as('doubtful'),
        sql<EpisodeCounts['firingSince']>`min(
          case state when 'held' then null else nullif(starts_at, ${UNKNOWN_INSTANT}) end)`.as('firingSince'),
      ])
      .where('group_id', 'in', chunk)
      .where('state', 'in', OPEN_STATES) // named one by one, so that the index finds them among those that ended
      .groupBy('group_id')
      .execute(),
  );
  return new Map(rows.map(({ group_id: id, ...counts }) => [id, counts]));
}

async function countTickets(
  database: Database,
  groupIds: readonly string[],
): Promise<ReadonlyMap<string, TicketCounts>> {
  const rows = await readByIds(groupIds, (chunk) =>
    database
      .selectFrom('tickets')
      .select((ticket) => [
        'group_id',
        ticket.fn.countAll<number>().as('tickets'),
        sql<number>`sum(case when reference is null and wanted <> 'none' then 1 else 0 end)`.as('unopened'),
      ])
      .where('group_id', 'in', chunk)
      .where((ticket) => ticket.or([ticket('wanted', '<>', 'none'), ticket('reference', 'is not', null)]))
      .groupBy('group_id')
      .execute(),
  );
  return new Map(rows.map(({ group_id: id, ...counts }) => [id, counts]));
}
