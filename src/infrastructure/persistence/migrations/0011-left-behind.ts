import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Episodes that ended only because tickets came to be kept in another backend. */
export const leftBehind: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};

const STATEMENTS = [
  'alter table episodes add column left_behind integer not null default 0',
  // What was taken for it before this was kept.
  `update episodes set left_behind = 1
    where state = 'ended' and ticket_key is not null
      and group_id in (select id from ticket_groups where ended_by = 'backend')`,
];
