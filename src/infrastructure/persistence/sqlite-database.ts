import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, type Logger } from 'kysely';
import type { DatabaseSchema } from './database-schema.js';
import { migrateToLatest } from './migrations/index.js';
import { NodeSqliteDialect } from './sqlite-dialect.js';
import { StoreLock } from './store-lock.js';

const IN_MEMORY = ':memory:';
/** At the start the process may wait for a lock and do nothing else. */
const OPENING_MS = 5_000;
/** Later a wait would keep it from answering anything: it is short, and transactions wait in their own way. */
const BUSY_TIMEOUT_MS = 10;
/** The write-ahead log is cut to this after it grew, because somebody had read an old state for long. */
const LONGEST_LOG_KEPT = 64 * 1024 * 1024;
/** What `pragma synchronous` answers for FULL: every commit is on the disk before it is acknowledged. */
const SYNCHRONOUS_FULL = 2;
/** Older ones can lose a commit when two connections reset the write-ahead log at once. */
const OLDEST_VERSION = '3.51.3';

/**
 * Opens the database file (`:memory:` for one that lives as long as the process), creates its folder and brings its
 * tables up to date. Rejects when another process has it open, when it cannot be opened, when this SQLite is too old,
 * or when it does not take the settings that make a commit durable. Whoever opens it calls `destroy` at the end.
 */
export async function openSqliteDatabase(path: string, log?: Logger): Promise<Kysely<DatabaseSchema>> {
  if (path === IN_MEMORY) return openLocked(path, log, () => undefined);
  await mkdir(dirname(path), { recursive: true });
  const lock = new StoreLock(path);
  try {
    return await openLocked(path, log, () => lock.close());
  } catch (cause) {
    lock.close();
    throw new Error(`The store ${path} cannot be opened: ${reasonOf(cause)}`, { cause });
  }
}

async function openLocked(
  path: string,
  log: Logger | undefined,
  onClose: () => void,
): Promise<Kysely<DatabaseSchema>> {
  const database = new DatabaseSync(path, { timeout: OPENING_MS, enableForeignKeyConstraints: true });
  try {
    requireSupportedVersion(readText(database, 'select sqlite_version()'));
    makeDurable(database, path);
    database.exec(`pragma busy_timeout = ${BUSY_TIMEOUT_MS}`);
    const kysely = new Kysely<DatabaseSchema>({
      dialect: new NodeSqliteDialect(database, onClose),
      ...(log === undefined ? {} : { log }),
    });
    await migrateToLatest(kysely);
    return kysely;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** What SQLite says of a file that is damaged, or never was a store, with what can be done about it. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const isDamaged = /malformed|not a database/.test(
    `${text} ${error instanceof Error ? String(error.cause) : ''}`,
  );
  return isDamaged
    ? `${text}. Put a backup in its place, or move it away with its -wal and -shm to begin with an empty store.`
    : text;
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
  database.exec(`pragma journal_size_limit = ${LONGEST_LOG_KEPT}`);
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
