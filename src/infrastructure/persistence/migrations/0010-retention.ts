import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Finds what is old, and the episodes of a group that is to be forgotten. */
export const retention: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of INDEXES) await sql.raw(statement).execute(db);
  },
};

const INDEXES = [
  // In the place of one for open episodes only: at intake it costs the same, and a group finds all that it has to
  // delete. Without it, every deleted group would have the database look through all episodes.
  'drop index if exists episodes_going_on',
  'create index episodes_of_group on episodes (group_id, state, doubtful, starts_at)',
  'create index ticket_groups_by_age on ticket_groups (opened_at, no)',
  'create index alerts_ended on alerts (newest_ends_at, id) where newest_ends_at is not null',
];
