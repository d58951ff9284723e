import { sql, type SqlBool } from 'kysely';
import type { Age } from '../../application/ports/old-records.js';
import { instantFromMillis } from '../../domain/time/instant.js';
import type { Database } from './database-schema.js';

interface Given {
  readonly age: Age;
  readonly rows: number;
}

/** Deletes up to so many rows of what belongs to the groups, and returns how many. */
export async function deleteMembers(
  database: Database,
  groupIds: readonly string[],
  { age, rows }: Given,
): Promise<number> {
  let deleted = 0;
  for (const deleteSome of [deleteEvents, deleteNotes, deleteTickets])
    if (deleted < rows) deleted += await deleteSome(database, groupIds, rows - deleted);
  if (deleted < rows) deleted += await deleteEpisodes(database, groupIds, { age, rows: rows - deleted });
  return deleted;
}

/** Of these alerts, the records that no episode and no recent end needs; returns how many went. */
export async function forgetUnknownAlerts(
  database: Database,
  alertIds: readonly string[],
  { before }: Age,
): Promise<number> {
  const { numDeletedRows } = await database
    .deleteFrom('alerts')
    .where('id', 'in', alertIds)
    .where((alert) =>
      alert.or([
        alert('newest_ends_at', 'is', null),
        alert('newest_ends_at', '<', instantFromMillis(before)),
      ]),
    )
    .where(sql<SqlBool>`not exists (select 1 from episodes where alert_id = alerts.id)`)
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

async function deleteEvents(database: Database, groupIds: readonly string[], limit: number): Promise<number> {
  const some = database
    .selectFrom('group_events')
    .select('no')
    .where('group_id', 'in', groupIds)
    .limit(limit);
  const { numDeletedRows } = await database
    .deleteFrom('group_events')
    .where('no', 'in', some)
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

async function deleteNotes(database: Database, groupIds: readonly string[], limit: number): Promise<number> {
  const some = database
    .selectFrom('ticket_notes')
    .select('no')
    .where('group_id', 'in', groupIds)
    .limit(limit);
  const { numDeletedRows } = await database
    .deleteFrom('ticket_notes')
    .where('no', 'in', some)
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

async function deleteTickets(
  database: Database,
  groupIds: readonly string[],
  limit: number,
): Promise<number> {
  const some = database.selectFrom('tickets').select('key').where('group_id', 'in', groupIds).limit(limit);
  const { numDeletedRows } = await database
    .deleteFrom('tickets')
    .where('key', 'in', some)
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

async function deleteEpisodes(
  database: Database,
  groupIds: readonly string[],
  { age, rows }: Given,
): Promise<number> {
  const some = database.selectFrom('episodes').select('id').where('group_id', 'in', groupIds).limit(rows);
  const deleted = await database
    .deleteFrom('episodes')
    .where('id', 'in', some)
    .returning('alert_id')
    .execute();
  if (deleted.length === 0) return 0;
  const alertIds = deleted.map((episode) => episode.alert_id);
  return deleted.length + (await forgetUnknownAlerts(database, alertIds, age));
}
