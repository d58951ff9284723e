import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Finds what is going on, and counts the members of a group, without a look at what is over. */
export const openGroups: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of INDEXES) await sql.raw(statement).execute(db);
  },
};

const INDEXES = [
  // No query reads all episodes of a group any more, and every alert of a storm paid for it.
  'drop index if exists episodes_of_group',
  'create index ticket_groups_open on ticket_groups (id) where firing > 0 or open_children > 0',
  `create index tickets_unfinished on tickets (group_id)
    where wanted = 'open' or (wanted = 'closed' and seen in ('absent', 'open', 'resolved'))`,
  `create index episodes_going_on on episodes (group_id, state, doubtful, starts_at) where state <> 'ended'`,
  `create index episodes_over_without_ticket on episodes (group_id, ordinal)
    where ticket_key is null and state not in ('firing', 'held')`,
];
