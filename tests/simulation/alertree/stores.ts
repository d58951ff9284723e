import { sql } from 'kysely';
import type { Store } from '../../../src/application/ports/store.js';
import type { GroupDetails } from '../../../src/application/ports/ticket-group-queries.js';
import type { Database } from '../../../src/infrastructure/persistence/database-schema.js';
import { SqlStore } from '../../../src/infrastructure/persistence/sql-store.js';
import { SqlTicketGroupQueries } from '../../../src/infrastructure/persistence/sql-ticket-group-queries.js';
import { openSqliteDatabase } from '../../../src/infrastructure/persistence/sqlite-database.js';
import { InMemoryStore } from '../../support/in-memory-store/in-memory-store.js';

/** An empty store, and what the API would show of it. */
export interface SimulatedStore {
  readonly store: Store;
  /** All that it held is lost. Only while no process uses it. */
  empty(): Promise<void>;
  shown(): Promise<readonly GroupDetails[]>;
}

const ALL = 10_000;

export function plainStore(): SimulatedStore {
  let store = new InMemoryStore();
  return {
    get store() {
      return store;
    },
    empty: async () => void (store = new InMemoryStore()),
    shown: async () => (await store.list(null, 1, ALL)).groups,
  };
}

let opened: Promise<Database> | null = null;

/** One database for all histories of a process, emptied before each: to make its tables takes longer than to use them. */
export async function sqlStore(): Promise<SimulatedStore> {
  opened ??= openSqliteDatabase(':memory:');
  const database = await opened;
  await empty(database);
  const queries = new SqlTicketGroupQueries(database);
  return {
    store: new SqlStore(database),
    empty: () => empty(database),
    shown: async () => (await queries.list(null, 1, ALL)).groups,
  };
}

export async function closeSqlStore(): Promise<void> {
  await (await opened)?.destroy();
  opened = null;
}

async function empty(database: Database): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    await sql`pragma defer_foreign_keys = on`.execute(transaction);
    const { rows } = await sql<{
      readonly name: string;
    }>`select name from sqlite_master where type = 'table' and name not like 'kysely%' and name not like 'sqlite%'`.execute(
      transaction,
    );
    for (const { name } of rows) await sql`delete from ${sql.table(name)}`.execute(transaction);
  });
}
