import { sql } from 'kysely';
import type { Database } from './database-schema.js';
import { runTransaction } from './run-transaction.js';

/** A disk with room for so many characters has room for what follows from most notifications. */
const LENGTH = 64 * 1024;

/**
 * Writes as much as a larger notification does, durably, and takes it away again. It is a table of its own that no
 * migration makes, as it lives for a moment only. Throws `StoreUnavailableError` when the store fails.
 */
export async function tryToWrite(database: Database): Promise<void> {
  await runTransaction(database.transaction(), async (transaction) => {
    await sql`drop table if exists write_trials`.execute(transaction); // a crash may have left it
    await sql`create table write_trials (content text not null)`.execute(transaction);
    await sql`insert into write_trials values (${'.'.repeat(LENGTH)})`.execute(transaction);
  });
  await runTransaction(database.transaction(), async (transaction) => {
    await sql`drop table write_trials`.execute(transaction);
  });
}
