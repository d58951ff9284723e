import { sql, type SqlBool } from 'kysely';
import { readByIds } from './chunks.js';
import type { Database, EpisodesTable } from './database-schema.js';

/** Each of the two conditions has an index of its own, so it is written as it stands there. */
const GOES_ON = sql<SqlBool>`state in ('firing', 'held')`;
const IS_OVER = sql<SqlBool>`state not in ('firing', 'held')`;

/** The first members without a ticket of their own; those that are not over come before the others. */
export async function firstWithoutTicket(
  database: Database,
  groupId: string,
  limit: number,
): Promise<readonly EpisodesTable[]> {
  const inOrder = database
    .selectFrom('episodes')
    .selectAll()
    .where('group_id', '=', groupId)
    .where('ticket_key', 'is', null)
    .orderBy('ordinal');
  const goingOn = await inOrder.where(GOES_ON).limit(limit).execute();
  const left = limit - goingOn.length;
  if (left === 0) return goingOn;
  return [...goingOn, ...(await inOrder.where(IS_OVER).limit(left).execute())];
}

/** How many members of each group have no ticket of their own. */
export async function countWithoutTicket(
  database: Database,
  groupIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const condition of [GOES_ON, IS_OVER]) {
    const rows = await readByIds(groupIds, (chunk) =>
      database
        .selectFrom('episodes')
        .select((episode) => ['group_id', episode.fn.countAll<number>().as('count')])
        .where('group_id', 'in', chunk)
        .where('ticket_key', 'is', null)
        .where(condition)
        .groupBy('group_id')
        .execute(),
    );
    for (const { group_id: id, count } of rows) counts.set(id, (counts.get(id) ?? 0) + count);
  }
  return counts;
}
