import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { SqliteAdapter, SqliteDialect, type SqliteDatabase, type SqliteDriver } from 'kysely';
import { StoreUnavailableError } from '../../application/ports/store.js';
import { ImmediateSqliteDriver } from './immediate-sqlite-driver.js';

/**
 * Kysely's SQLite dialect over `node:sqlite`. Whatever the database refuses is thrown as `StoreUnavailableError` with
 * the driver's error as its cause, so that nobody above has to know how a driver's errors look.
 */
export class NodeSqliteDialect extends SqliteDialect {
  /** `onClose` is called once the database is closed. */
  constructor(
    private readonly database: DatabaseSync,
    private readonly onClose: () => void = () => undefined,
  ) {
    super({ database: asKyselyExpects(database, onClose) });
  }

  override createDriver(): SqliteDriver {
    return new ImmediateSqliteDriver(this.database, asKyselyExpects(this.database, this.onClose));
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalDdlAdapter();
  }
}

/** SQLite does create tables in a transaction; with Kysely's own answer a crash could leave half a migration behind. */
class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

function asKyselyExpects(database: DatabaseSync, onClose: () => void): SqliteDatabase {
  const prepared = new PreparedStatements(database);
  return {
    close: () => {
      database.close();
      onClose();
    },
    prepare: (query) => {
      const { statement, reader } = orUnavailable(() => prepared.get(query));
      return {
        reader,
        all: (values) => {
          const bound = bindable(values);
          return orUnavailable(() => statement.all(...bound));
        },
        run: (values) => {
          const bound = bindable(values);
          return orUnavailable(() => statement.run(...bound));
        },
        iterate: (values) => {
          const bound = bindable(values);
          return orUnavailable(() => statement.iterate(...bound));
        },
      };
    },
  };
}

interface Prepared {
  readonly statement: StatementSync;
  /** It answers rows. */
  readonly reader: boolean;
}

const MOST_PREPARED = 200;
/** Longer ones write the rows of a storm: they rarely come twice, and would fill the memory. */
const LONGEST_PREPARED = 8_000;

/**
 * Statements that were used lately, by their text: making one anew costs more than running most of them. SQLite itself
 * prepares them again when the schema has changed.
 */
class PreparedStatements {
  private readonly known = new Map<string, Prepared>();

  constructor(private readonly database: DatabaseSync) {}

  get(query: string): Prepared {
    const prepared = this.known.get(query) ?? this.prepare(query);
    if (query.length > LONGEST_PREPARED) return prepared;
    // A map keeps its entries in the order in which they were set: the first is the one unused for longest.
    this.known.delete(query);
    this.known.set(query, prepared);
    const [oldest] = this.known.keys();
    if (this.known.size > MOST_PREPARED && oldest !== undefined) this.known.delete(oldest);
    return prepared;
  }

  private prepare(query: string): Prepared {
    const statement = this.database.prepare(query);
    return { statement, reader: statement.columns().length > 0 };
  }
}

function bindable(values: readonly unknown[]): readonly SQLInputValue[] {
  if (!values.every(isBindable)) throw new TypeError('a value is not one that SQLite can store');
  return values;
}

function isBindable(value: unknown): value is SQLInputValue {
  return value === null || ['string', 'number', 'bigint'].includes(typeof value) || ArrayBuffer.isView(value);
}

function orUnavailable<T>(action: () => T): T {
  try {
    return action();
  } catch (cause) {
    throw new StoreUnavailableError(`SQLite: ${cause instanceof Error ? cause.message : 'failed'}`, {
      cause,
    });
  }
}
