import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, type Logger } from 'kysely';
import type { DatabaseSchema } from './database-schema.js';
import { migrateToLatest } from './migrations/index.js';
import { NodeSqliteDialect } from './sqlite-dialect.js';

const IN_MEMORY = ':memory:';
const BUSY_TIMEOUT_MS = 5000;
/** What `pragma synchronous` answers for FULL: every commit is on the disk before it is acknowledged. */
const SYNCHRONOUS_FULL = 2;
/** Older ones can lose a commit when two connections reset the write-ahead log at once. */
const OLDEST_VERSION = '3.51.3';

/**
 * Opens the database file (`:memory:` for one that lives as long as the process), creates its folder and brings its
 * tables up to date. Opening a file again is harmless. Rejects when the file cannot be opened, when this SQLite is too
 * old, or when it does not take the settings that make a commit durable. Whoever opens it calls `destroy` at the end.
 */
export async function openSqliteDatabase(path: string, log?: Logger): Promise<Kysely<DatabaseSchema>> {
  if (path !== IN_MEMORY) await mkdir(dirname(path), { recursive: true });
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true });
  try {
    requireSupportedVersion(readText(database, 'select sqlite_version()'));
    makeDurable(database, path);
    const kysely = new Kysely<DatabaseSchema>({
      dialect: new NodeSqliteDialect(database),
      ...(log === undefined ? {} : { log }),
    });
    await migrateToLatest(kysely);
    return kysely;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Throws for a version of SQLite that is not known to keep what it acknowledged. */
export function requireSupportedVersion(version: string): void {
  if (ordinalOf(version) >= ordinalOf(OLDEST_VERSION)) return;
  throw new Error(
    `SQLite ${OLDEST_VERSION} or newer is needed, this Node brings ${version}: use a newer Node.`,
  );
}

function ordinalOf(version: string): number {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  return (major * 1000 + minor) * 1000 + patch;
}

/** SQLite answers a setting that it cannot take with silence, so each is read back. */
function makeDurable(database: DatabaseSync, path: string): void {
  database.exec('pragma journal_mode = wal');
  database.exec('pragma synchronous = full');
  expectSetting(database, 'journal_mode', path === IN_MEMORY ? 'memory' : 'wal');
  expectSetting(database, 'synchronous', String(SYNCHRONOUS_FULL));
  expectSetting(database, 'foreign_keys', '1');
}

function expectSetting(database: DatabaseSync, name: string, expected: string): void {
  const actual = readText(database, `pragma ${name}`);
  if (actual === expected) return;
  throw new Error(
    `SQLite did not take ${name} = ${expected}, it stays ${actual}: is the file on a network disk?`,
  );
}

function readText(database: DatabaseSync, query: string): string {
  const row = database.prepare(query).get() ?? {};
  return String(Object.values(row)[0]);
}
