import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Episodes that are presumed to fire, and the backend whose open tickets the store has taken in. */
export const adoption: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};

const STATEMENTS = [
  'alter table episodes add column presumed_since bigint',
  `create index episodes_presumed on episodes (group_id) where presumed_since is not null and state <> 'ended'`,
  `create table adoptions (
    instance text primary key,
    adopted_at bigint not null
  )`,
  // Who made tickets before this was kept knows them: those of the backend of the newest group.
  `insert into adoptions (instance, adopted_at)
    select instance, opened_at from ticket_groups
    where no = (select max(no) from ticket_groups)
      and exists (
        select 1 from tickets
        join ticket_groups as their_group on their_group.id = tickets.group_id
        where tickets.reference is not null and their_group.instance = ticket_groups.instance
      )`,
];
