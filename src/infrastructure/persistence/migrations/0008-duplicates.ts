import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Which copies a ticket has, and by which write a ticket of the embedded tracker was made: null for those that were there
 * before, of which nobody can say whether they were changed since.
 */
export const duplicates: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('tickets').addColumn('copies', 'text').execute();
    await db.schema.alterTable('embedded_ticket').addColumn('created_revision', 'bigint').execute();
  },
};
