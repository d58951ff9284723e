import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The newest dead letters are listed first, however many there are. */
export const deadLettersByTime: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`create index dead_letters_by_time on dead_letters (received_at, id)`.execute(db);
  },
};
