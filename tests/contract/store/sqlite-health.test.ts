import { sql } from 'kysely';
import { StoreUnavailableError } from '../../../src/application/ports/store.js';
import { SqlOldRecords } from '../../../src/infrastructure/persistence/sql-old-records.js';
import { StoreHealth } from '../../../src/infrastructure/persistence/store-health.js';
import { tryToWrite } from '../../../src/infrastructure/persistence/trying-to-write.js';
import { VirtualClock } from '../../support/world/fakes.js';
import { AGE } from './an-old-group.js';
import { openSqliteHarness, type SqliteHarness } from './sqlite-harness.js';

describe('the health of a store on SQLite', () => {
  let harness: SqliteHarness;
  beforeEach(async () => {
    harness = await openSqliteHarness();
  });
  afterEach(() => harness.close());

  const set = async (pragma: string): Promise<void> => {
    await sql.raw(`pragma ${pragma}`).execute(harness.database);
  };
  const tables = async (): Promise<readonly string[]> =>
    (await harness.database.introspection.getTables()).map(({ name }) => name);

  it('is tried by a write that leaves nothing behind, as often as one likes', async () => {
    const before = await tables();
    await tryToWrite(harness.database);
    await tryToWrite(harness.database);

    expect(await tables()).toEqual(before);
  });

  it('is tried again after a process ended in the middle of it', async () => {
    const before = await tables();
    await sql`create table write_trials (content text not null)`.execute(harness.database);
    await tryToWrite(harness.database);

    expect(await tables()).toEqual(before);
  });

  it.each(['query_only = 1', 'max_page_count = 1'])('is bad with %s', async (pragma) => {
    await set(pragma);

    await expect(tryToWrite(harness.database)).rejects.toThrow(StoreUnavailableError);
  });

  it('is told by forgetting that fails, too', async () => {
    const health = new StoreHealth(() => tryToWrite(harness.database), new VirtualClock(0));
    const records = new SqlOldRecords(harness.database, health.watch);
    await harness.database.schema.dropTable('dead_letters').execute();
    await expect(records.forgetDeadLetters(AGE, { after: '', rows: 1 })).rejects.toThrow(
      StoreUnavailableError,
    );

    expect(health.unusableBecause).not.toBeNull();
  });
});
