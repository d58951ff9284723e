import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Since when a ticket is wanted as it is; null for what was decided before this was kept. */
export const wantedSince: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('tickets').addColumn('wanted_since', 'bigint').execute();
  },
};
