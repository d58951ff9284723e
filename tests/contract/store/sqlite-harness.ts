import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogEvent } from 'kysely';
import type { GroupChanges } from '../../../src/domain/ticket-group/group-slice.js';
import type { Database } from '../../../src/infrastructure/persistence/database-schema.js';
import { SqlDeadLetterQueries } from '../../../src/infrastructure/persistence/sql-dead-letter-queries.js';
import { SqlOldRecords } from '../../../src/infrastructure/persistence/sql-old-records.js';
import { SqlStore } from '../../../src/infrastructure/persistence/sql-store.js';
import { SqlStoreFigures } from '../../../src/infrastructure/persistence/sql-store-figures.js';
import { SqlTicketGroupQueries } from '../../../src/infrastructure/persistence/sql-ticket-group-queries.js';
import { openSqliteDatabase } from '../../../src/infrastructure/persistence/sqlite-database.js';
import type { StoreHarness } from './store-harness.js';

export interface SqliteHarness extends StoreHarness {
  readonly path: string;
  readonly database: Database;
  /** Every statement so far, the migrations' included. */
  readonly statements: LogEvent['query'][];
  reopen(): Promise<SqliteHarness>;
}

/** An empty database file in a folder of its own, which goes away with it. */
export async function openSqliteHarness(): Promise<SqliteHarness> {
  const folder = await mkdtemp(join(tmpdir(), 'alertree-store-'));
  return open(folder);
}

async function open(folder: string): Promise<SqliteHarness> {
  const path = join(folder, 'new', 'alertree.sqlite');
  const statements: LogEvent['query'][] = [];
  const commits: (readonly GroupChanges[])[] = [];
  const database = await openSqliteDatabase(path, (event) => void statements.push(event.query));
  return {
    path,
    database,
    statements,
    store: new SqlStore(database, (changes) => void commits.push(changes)),
    commits,
    figures: new SqlStoreFigures(database),
    queries: new SqlTicketGroupQueries(database),
    deadLetters: new SqlDeadLetterQueries(database),
    oldRecords: new SqlOldRecords(database),
    reopen: async () => {
      await database.destroy();
      return open(folder);
    },
    close: async () => {
      await database.destroy();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
