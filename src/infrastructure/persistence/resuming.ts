import type { Database } from './database-schema.js';

/** Makes everything due that waited because the backend could not be used, and whatever else waits with it. */
export async function resumeGroups(database: Database, instance: string): Promise<void> {
  const groups = database.selectFrom('ticket_groups').select('id').where('instance', '=', instance);
  const waiting = database.selectFrom('tickets').select('group_id').where('work_at', 'is not', null);
  await database
    .updateTable('ticket_groups')
    .set({ retry_at: 0, attempts: 0, due_at: 0 })
    .where('instance', '=', instance)
    .where((group) =>
      group.or([group('retry_at', '>', 0), group('id', 'in', waiting.where('retry_at', '>', 0))]),
    )
    .execute();
  await database
    .updateTable('tickets')
    .set({ retry_at: 0, work_at: 0 })
    .where('work_at', 'is not', null)
    .where('retry_at', '>', 0)
    .where('group_id', 'in', groups)
    .execute();
}
