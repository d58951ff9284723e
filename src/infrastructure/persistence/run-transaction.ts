import type { TransactionBuilder } from 'kysely';
import { StoreUnavailableError } from '../../application/ports/store.js';
import type { Database, DatabaseSchema } from './database-schema.js';

/**
 * Runs the work in the transaction: committed when the promise resolves, rolled back when it rejects. What the work
 * throws is passed on as it is; every other failure (no connection, no lock, no commit) is a `StoreUnavailableError`.
 */
export async function runTransaction<T>(
  transaction: TransactionBuilder<DatabaseSchema>,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const thrown: unknown[] = [];
  try {
    return await transaction.execute(async (database) => {
      try {
        return await work(database);
      } catch (error) {
        thrown.push(error);
        throw error;
      }
    });
  } catch (error) {
    if (thrown.includes(error) || error instanceof StoreUnavailableError) throw error;
    throw new StoreUnavailableError('The store failed to run a transaction.', { cause: error });
  }
}

/** Runs reads that all see the store as it stood at one moment, without taking a lock. */
export function readSnapshot<T>(database: Database, work: (database: Database) => Promise<T>): Promise<T> {
  const transaction = database.transaction().setAccessMode('read only').setIsolationLevel('repeatable read');
  return runTransaction(transaction, work);
}
