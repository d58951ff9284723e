import { Kysely, sql } from 'kysely';
import { DatabaseSync } from 'node:sqlite';
import { NodeSqliteDialect } from '../../../src/infrastructure/persistence/sqlite-dialect.js';

class CountingDatabase extends DatabaseSync {
  prepared = 0;

  override prepare(...query: Parameters<DatabaseSync['prepare']>): ReturnType<DatabaseSync['prepare']> {
    this.prepared += 1;
    return super.prepare(...query);
  }
}

describe('statements that come again', () => {
  let database: CountingDatabase;
  let kysely: Kysely<Record<string, never>>;
  beforeEach(() => {
    database = new CountingDatabase(':memory:');
    kysely = new Kysely({ dialect: new NodeSqliteDialect(database) });
  });
  afterEach(() => kysely.destroy());

  const rowsOf = async (query: string): Promise<readonly unknown[]> => {
    const { rows } = await sql.raw(query).execute(kysely);
    return rows.map((row) => ({ ...(row as object) }));
  };

  it('are prepared once', async () => {
    expect(await rowsOf('select 1 as one')).toEqual([{ one: 1 }]);
    expect(await rowsOf('select 1 as one')).toEqual([{ one: 1 }]);
    expect(database.prepared).toBe(1);
  });

  it('answer by the schema of now', async () => {
    await rowsOf('create table t (a)');
    await rowsOf('insert into t values (1)');
    expect(await rowsOf('select * from t')).toEqual([{ a: 1 }]);

    await rowsOf('alter table t add column b default 2');

    expect(await rowsOf('select * from t')).toEqual([{ a: 1, b: 2 }]);
  });

  it('are forgotten when two hundred others came since, and when they are long', async () => {
    const long = `select '${'x'.repeat(10_000)}' as text`;
    await rowsOf('select 0 as n');
    for (let n = 1; n <= 200; n += 1) await rowsOf(`select ${n} as n`);
    expect(database.prepared).toBe(201);

    await rowsOf('select 200 as n');
    expect(database.prepared).toBe(201);
    await rowsOf('select 0 as n');
    await rowsOf(long);
    await rowsOf(long);

    expect(database.prepared).toBe(204);
  });
});
