import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { searchText } from '../rows/alert-row.js';

/** Finds groups by the labels of their members, and those with a settled member that fires. */
export const search: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`alter table alerts add column search_text text not null default ''`.execute(db);
    await sql`create index episodes_of_alert on episodes (alert_id, group_id)`.execute(db);
    await sql`create index episodes_settled on episodes (group_id) where state = 'settled'`.execute(db);
    await fillIn(db);
  },
};

async function fillIn(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ id: string; key_text: string }>`select id, key_text from alerts`.execute(db);
  for (const { id, key_text: keyText } of rows) {
    await sql`update alerts set search_text = ${searchText(keyText)} where id = ${id}`.execute(db);
  }
}
