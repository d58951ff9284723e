import { sql } from 'kysely';
import type { UnverifiedTicket } from '../../application/ports/store.js';
import type { GroupKey } from '../../domain/route/group-key.js';
import type { Episode } from '../../domain/ticket-group/episode.js';
import { readByIds } from './chunks.js';
import type { Database } from './database-schema.js';
import { toEpisode } from './rows/episode-row.js';
import { toGroupKey } from './rows/group-key-row.js';

// Reads that load no group. What the methods promise stands in the port `TicketGroupRepository`.

export async function nextDueAfter(database: Database, groupId: string, now: number): Promise<number | null> {
  const work = await database
    .selectFrom('tickets')
    .select((ticket) => ticket.fn.min('work_at').as('at'))
    .where('group_id', '=', groupId)
    .where('work_at', '>', now)
    .executeTakeFirst();
  const hold = await database
    .selectFrom('episodes')
    .select((episode) => episode.fn.min('hold_until').as('at'))
    .where('group_id', '=', groupId)
    .where('state', '=', sql.lit('held'))
    .where('hold_until', 'is not', null)
    .executeTakeFirst();
  const times = [work?.at ?? null, hold?.at ?? null].filter((time) => time !== null);
  return times.length === 0 ? null : Math.min(...times);
}

export async function keyOf(database: Database, groupKey: string): Promise<GroupKey | null> {
  const row = await database
    .selectFrom('group_keys')
    .selectAll()
    .where('id', '=', groupKey)
    .executeTakeFirst();
  return row === undefined ? null : toGroupKey(row);
}

export async function latestOf(
  database: Database,
  groupKeys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await readByIds(groupKeys, (chunk) =>
    database
      .selectFrom('ticket_groups')
      .select(['group_key', 'id'])
      .where('no', 'in', (groups) =>
        groups
          .selectFrom('ticket_groups')
          .select((group) => group.fn.max('no').as('no'))
          .where('group_key', 'in', chunk)
          .groupBy('group_key'),
      )
      .execute(),
  );
  return new Map(rows.map((row) => [row.group_key, row.id]));
}

export async function rootReferenceOf(
  database: Database,
  groupId: string,
  instance: string,
): Promise<string | null> {
  const row = await database
    .selectFrom('ticket_groups')
    .innerJoin('tickets', 'tickets.key', 'ticket_groups.root_key')
    .select('tickets.reference')
    .where('ticket_groups.id', '=', groupId)
    .where('ticket_groups.instance', '=', instance)
    .executeTakeFirst();
  return row?.reference ?? null;
}

export async function unaccounted(
  database: Database,
  given: { readonly groupId: string; readonly after: number; readonly limit: number },
): Promise<readonly Episode[]> {
  const rows = await database
    .selectFrom('episodes')
    .selectAll()
    .where('group_id', '=', given.groupId)
    .where('account_no', '>', given.after)
    .orderBy('account_no')
    .limit(given.limit)
    .execute();
  return rows.map(toEpisode);
}

export async function firingFolded(
  database: Database,
  groupId: string,
  limit: number,
): Promise<readonly Episode[]> {
  const rows = await database
    .selectFrom('episodes')
    .selectAll()
    .where('group_id', '=', groupId)
    .where('folded', '=', 1)
    .where('ticket_key', 'is', null)
    .where(sql<boolean>`state in ('firing', 'held')`)
    .orderBy('ordinal')
    .limit(limit)
    .execute();
  return rows.map(toEpisode);
}

export async function unverified(
  database: Database,
  given: { readonly instance: string; readonly limit: number; readonly now: number },
): Promise<readonly UnverifiedTicket[]> {
  const rows = await database
    .selectFrom('tickets')
    .innerJoin('ticket_groups', 'ticket_groups.id', 'tickets.group_id')
    .select(['tickets.key', 'tickets.reference', 'tickets.write_number', 'tickets.written_at'])
    .where('tickets.written', 'is not', null)
    .where('tickets.reference', 'is not', null)
    .where('tickets.intent', 'is', null)
    .where('tickets.retry_at', '<=', given.now)
    .where('ticket_groups.instance', '=', given.instance)
    .orderBy('tickets.written_at')
    .orderBy('tickets.key')
    .limit(given.limit)
    .$narrowType<{ reference: string }>()
    .execute();
  return rows.map((row) => ({
    key: row.key,
    reference: row.reference,
    writeNumber: row.write_number,
    writtenAt: row.written_at ?? 0,
  }));
}
