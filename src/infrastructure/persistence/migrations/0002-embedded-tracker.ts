import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The tables of the embedded tracker; the types of their rows stand in `tracker-schema.ts`. */
export const embeddedTracker: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await createCounter(db);
    await createTickets(db);
    await createNotes(db);
  },
};

async function createCounter(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('embedded_tracker')
    .addColumn('id', 'integer', (column) => column.primaryKey().check(sql`id = 1`))
    .addColumn('revision', 'bigint', (column) => column.notNull())
    .addColumn('last_ticket_id', 'integer', (column) => column.notNull())
    .execute();
  await sql`insert into embedded_tracker (id, revision, last_ticket_id) values (1, 0, 0)`.execute(db);
}

async function createTickets(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('embedded_ticket')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('description', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) =>
      column.notNull().check(sql`status in ('open', 'resolved', 'closed')`),
    )
    .addColumn('parent_id', 'integer', (column) => column.references('embedded_ticket.id'))
    .addColumn('correlation_key', 'text')
    .addColumn('alert_id', 'text')
    .addColumn('revision', 'bigint', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .execute();
  const indexes = ['correlation_key', 'parent_id', 'revision', 'status'] as const;
  for (const column of indexes) {
    await db.schema.createIndex(`embedded_ticket_${column}`).on('embedded_ticket').column(column).execute();
  }
}

async function createNotes(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('embedded_note')
    .addColumn('ticket_id', 'integer', (column) => column.notNull().references('embedded_ticket.id'))
    .addColumn('revision', 'bigint', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('embedded_note_order', ['ticket_id', 'revision'])
    .execute();
}
