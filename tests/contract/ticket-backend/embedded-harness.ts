import type { Kysely } from 'kysely';
import type { DatabaseSchema } from '../../../src/infrastructure/persistence/database-schema.js';
import { SqlTracker } from '../../../src/infrastructure/persistence/embedded-tracker/sql-tracker.js';
import { openSqliteDatabase } from '../../../src/infrastructure/persistence/sqlite-database.js';
import { ticketBackends } from '../../../src/infrastructure/tickets/index.js';
import type { InspectedTicket, TicketBackendHarness } from './harness.js';

/** What the clock of the tracker says, always. */
export const NOW = Date.parse('2026-06-16T02:46:00Z');

/** Of the tracker: it stands still. */
export const CLOCK = { now: () => NOW };

export interface EmbeddedHarness extends TicketBackendHarness {
  readonly database: Kysely<DatabaseSchema>;
}

/** The embedded tracker in a database of its own. */
export async function createEmbeddedHarness(): Promise<EmbeddedHarness> {
  const database = await openSqliteDatabase(':memory:');
  const tracker = new SqlTracker(database);
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (isOpen) await database.destroy();
    isOpen = false;
  };
  return {
    database,
    backend: ticketBackends.embedded.create({}, { database, clock: CLOCK, closesTickets: true }),
    keepsStatusOfNotes: false,
    inspect: (id) => inspect(database, id),
    allIds: async () => {
      const rows = await database.selectFrom('embedded_ticket').select('id').execute();
      return rows.map((row) => String(row.id));
    },
    personOpens: ({ description, parentId }) =>
      tracker
        .write(async (writer, revision) => {
          const ticket = {
            subject: 'By hand',
            description,
            parentId: parentId === null ? null : Number(parentId),
          };
          return String(await writer.insertTicket(ticket, { revision, at: NOW }));
        })
        .then(async (id) => {
          await database
            .updateTable('embedded_ticket')
            .set({ created_revision: null })
            .where('id', '=', Number(id))
            .execute();
          return id;
        }),
    personSets: (id, status) => changeByHand(tracker, id, { status }),
    personEdits: (id, description) => changeByHand(tracker, id, { description }),
    personDeletes: (id) => deleteByHand(database, Number(id)),
    letTimePass: async () => {},
    cutOff: close,
    dispose: close,
  };
}

async function inspect(database: Kysely<DatabaseSchema>, id: string): Promise<InspectedTicket | null> {
  const row = await database
    .selectFrom('embedded_ticket')
    .select(['subject', 'description', 'status', 'parent_id'])
    .where('id', '=', Number(id))
    .executeTakeFirst();
  if (row === undefined) return null;
  const notes = await database
    .selectFrom('embedded_note')
    .select('text')
    .where('ticket_id', '=', Number(id))
    .orderBy('revision')
    .execute();
  const { parent_id: parent, ...rest } = row;
  return {
    ...rest,
    parentId: parent === null ? null : String(parent),
    notes: notes.map((note) => note.text),
  };
}

async function changeByHand(
  tracker: SqlTracker,
  id: string,
  change: Parameters<SqlTracker['changeTicket']>[1],
): Promise<void> {
  await tracker.write((writer, revision) => writer.changeTicket(Number(id), change, { revision, at: NOW }));
}

async function deleteByHand(database: Kysely<DatabaseSchema>, id: number): Promise<void> {
  const children = await database
    .selectFrom('embedded_ticket')
    .select('id')
    .where('parent_id', '=', id)
    .execute();
  for (const child of children) await deleteByHand(database, child.id);
  await database.deleteFrom('embedded_note').where('ticket_id', '=', id).execute();
  await database.deleteFrom('embedded_ticket').where('id', '=', id).execute();
}
