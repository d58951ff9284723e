import { afterStepBack } from '../../domain/ticket-group/clock-steps.js';
import type { Database } from './database-schema.js';
import { toTicket } from './rows/ticket-row.js';
import { saveTickets } from './saving-changes.js';

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

/** Makes everything due that waits for a time after `now`, because the clock was set back to it. */
export async function makeDueAfterStepBack(database: Database, instance: string, now: number): Promise<void> {
  const groups = database.selectFrom('ticket_groups').select('id').where('instance', '=', instance);
  const waiting = await database
    .selectFrom('tickets')
    .selectAll()
    .where('group_id', 'in', groups)
    .where((ticket) =>
      ticket.or([
        ticket('work_at', '>', now),
        ticket('retry_at', '>', now),
        ticket('intent', 'is not', null),
      ]),
    )
    .execute();
  await saveTickets(
    database,
    waiting.map((row) => afterStepBack(toTicket(row), now)),
  );
  await database
    .updateTable('ticket_notes')
    .set({ not_before: now })
    .where('state', '=', 'wanted')
    .where('group_id', 'in', groups)
    .where('not_before', '>', now)
    .execute();
  await database
    .updateTable('ticket_groups')
    .set({ retry_at: 0, due_at: 0 })
    .where('instance', '=', instance)
    .where((group) => group.or([group('retry_at', '>', now), group('due_at', '>', now)]))
    .execute();
}
