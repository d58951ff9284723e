import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { StoreUnavailableError } from '../../../src/application/ports/store.js';
import { migrateToLatest } from '../../../src/infrastructure/persistence/migrations/index.js';
import { runTransaction } from '../../../src/infrastructure/persistence/run-transaction.js';
import { SqlStore } from '../../../src/infrastructure/persistence/sql-store.js';
import {
  openSqliteDatabase,
  requireSupportedVersion,
} from '../../../src/infrastructure/persistence/sqlite-database.js';
import { aGroup, aHead, anAlertRecord } from '../../support/builders/rows.js';
import { openSqliteHarness, type SqliteHarness } from './sqlite-harness.js';
import { save } from './store-harness.js';

describe('the SQLite database', () => {
  let harness: SqliteHarness;
  beforeEach(async () => {
    harness = await openSqliteHarness();
  });
  afterEach(() => harness.close());

  const setting = async (name: string): Promise<unknown> => {
    const { rows } = await sql<Record<string, unknown>>`${sql.raw(`pragma ${name}`)}`.execute(
      harness.database,
    );
    return Object.values(rows[0] ?? {})[0];
  };

  it('waits for the disk at every commit, keeps foreign keys, and its log within bounds', async () => {
    expect(await setting('journal_mode')).toBe('wal');
    expect(await setting('synchronous')).toBe(2);
    expect(await setting('foreign_keys')).toBe(1);
    expect(await setting('journal_size_limit')).toBe(64 * 1024 * 1024);
    expect(await setting('wal_autocheckpoint')).toBe(1000);
  });

  it.each(['3.51.2', '3.50.9', '2.99.99'])('refuses SQLite %s, which can lose a commit', (version) => {
    expect(() => requireSupportedVersion(version)).toThrow(`this Node brings ${version}`);
  });

  it.each(['3.51.3', '3.52.0', '3.100.0', '4.0.0'])('takes SQLite %s', (version) => {
    expect(() => requireSupportedVersion(version)).not.toThrow();
  });

  it('lives in memory when it has no file', async () => {
    const database = await openSqliteDatabase(':memory:');

    await new SqlStore(database).transaction(({ alerts }) => alerts.save([anAlertRecord()]));

    expect(await database.selectFrom('alerts').select('id').execute()).toHaveLength(1);
    await database.destroy();
  });

  it('refuses a file that is no database, and leaves it as it is', async () => {
    const path = join(dirname(harness.path), 'notes.txt');
    await writeFile(path, 'not a database, but the notes of somebody');

    await expect(openSqliteDatabase(path)).rejects.toThrow('file is not a database');

    expect(await readFile(path, 'utf8')).toBe('not a database, but the notes of somebody');
  });

  it('migrates once: the second time does nothing', async () => {
    expect(await migrateToLatest(harness.database)).toEqual([]);
    const before = await harness.database.introspection.getTables();

    const reopened = await harness.reopen();

    expect(await migrateToLatest(reopened.database)).toEqual([]);
    expect(await reopened.database.introspection.getTables()).toEqual(before);
    await reopened.close();
  });

  it('takes the write lock before the first read, so that no other writer comes in between', async () => {
    const other = new DatabaseSync(harness.path, { timeout: 0 });

    await harness.store.transaction(async ({ alerts }) => {
      await alerts.find(['alert-1']);
      expect(() => other.exec('begin immediate')).toThrow('database is locked');
      await alerts.save([anAlertRecord()]);
    });

    expect(other.prepare('select count(*) as count from alerts').get()).toMatchObject({ count: 1 });
    other.close();
  });

  it('waits for another writer without keeping the process from anything else', async () => {
    const other = new DatabaseSync(harness.path, { timeout: 0 });
    other.exec('begin immediate');

    const saved = save(harness, aGroup(aHead()));
    for (let turn = 0; turn < 100; turn += 1) await setImmediate();
    other.exec('commit');

    await saved;
    expect(await harness.queries.find('group-1', 1)).not.toBeNull();
    other.close();
  });

  it('fails when another writer does not end, and works again once it has', async () => {
    const other = new DatabaseSync(harness.path, { timeout: 0 });
    other.exec('begin immediate');

    await expect(save(harness, aGroup(aHead()))).rejects.toThrow(StoreUnavailableError);
    await expect(save(harness, aGroup(aHead()))).rejects.toMatchObject({ cause: { errcode: 5 } });
    other.exec('rollback');
    await save(harness, aGroup(aHead()));

    expect(await harness.queries.find('group-1', 1)).not.toBeNull();
    other.close();
  }, 15_000);

  it('is held by one connection at a time', async () => {
    await expect(openSqliteDatabase(harness.path)).rejects.toThrow(`Another Alertree uses ${harness.path}`);
    await harness.database.destroy();

    const next = await openSqliteDatabase(harness.path);

    await next.destroy();
  });

  it('takes no lock for queries', async () => {
    const other = new DatabaseSync(harness.path, { timeout: 0 });
    other.exec('begin immediate');

    expect(await harness.queries.list(null, 1, 10)).toEqual({ total: 0, groups: [] });

    other.close();
  });

  it('reports what the driver refuses as an unavailable store, with the cause, and goes on working', async () => {
    await sql`alter table alerts rename to hidden`.execute(harness.database);

    const failed = harness.store.transaction(({ alerts }) => alerts.save([anAlertRecord()]));

    await expect(failed).rejects.toThrow(StoreUnavailableError);
    await expect(failed).rejects.toMatchObject({ cause: { code: 'ERR_SQLITE_ERROR' } });
    await save(harness, aGroup(aHead()));
    expect(await harness.queries.find('group-1', 1)).not.toBeNull();
  });

  it('reports a database that is closed as an unavailable store', async () => {
    await harness.database.destroy();

    await expect(harness.store.transaction(async () => 1)).rejects.toThrow(StoreUnavailableError);
    await expect(harness.queries.list(null, 1, 1)).rejects.toThrow(StoreUnavailableError);
  });

  it('reports a commit that fails as an unavailable store, and nothing of it is there', async () => {
    const failed = runTransaction(harness.database.transaction(), async (database) => {
      await sql`pragma defer_foreign_keys = 1`.execute(database);
      await sql`insert into group_events (group_id, at, kind) values ('of nobody', 1, 'flapping')`.execute(
        database,
      );
    });

    await expect(failed).rejects.toThrow(StoreUnavailableError);
    expect(await harness.database.selectFrom('group_events').selectAll().execute()).toEqual([]);
    await save(harness, aGroup(aHead()));
  });

  it('passes on the first error when SQLite has rolled back by itself', async () => {
    const failed = harness.database.transaction().execute(async (transaction) => {
      await sql`rollback`.execute(transaction);
      throw new Error('the disk is full');
    });

    await expect(failed).rejects.toThrow('the disk is full');
  });
});
