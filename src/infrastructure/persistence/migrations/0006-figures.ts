import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The figures for the metrics count groups that fire and members that flap, however many others there are. */
export const figures: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`create index ticket_groups_firing on ticket_groups (instance, firing) where firing > 0`.execute(
      db,
    );
    await sql`create index episodes_flapping on episodes (group_id)
      where flapping_told = 1 and state in ('firing', 'held')`.execute(db);
  },
};
