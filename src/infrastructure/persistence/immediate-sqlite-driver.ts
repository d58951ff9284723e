import { setTimeout as pause } from 'node:timers/promises';
import type { DatabaseSync } from 'node:sqlite';
import {
  CompiledQuery,
  SqliteDriver,
  type DatabaseConnection,
  type SqliteDatabase,
  type TransactionSettings,
} from 'kysely';
import { StoreUnavailableError } from '../../application/ports/store.js';
import { isBusy } from './sqlite-codes.js';

/** How long the store may be locked by another program, a backup for instance, before work that needs it fails. */
const PATIENCE_MS = 5_000;
const LOOK_AGAIN_MS = 20;

/**
 * A plain `begin` takes the write lock at the first write only: a transaction that read before would then fail with
 * SQLITE_BUSY half way, without any waiting. So whoever may write asks for the lock first. SQLite's own way to wait for
 * it would stop the whole process, so it is asked again and again instead.
 */
export class ImmediateSqliteDriver extends SqliteDriver {
  /** Since when another program has the lock; null: as far as known none has. */
  private busySince: number | null = null;

  constructor(
    private readonly database: DatabaseSync,
    asKyselyExpects: SqliteDatabase,
  ) {
    super({ database: asKyselyExpects });
  }

  override async beginTransaction(
    connection: DatabaseConnection,
    settings?: TransactionSettings,
  ): Promise<void> {
    if (settings?.accessMode === 'read only') await connection.executeQuery(CompiledQuery.raw('begin'));
    else while (!(await this.beginsToWrite(connection))) await pause(LOOK_AGAIN_MS);
  }

  /** SQLite has rolled back by itself after some errors (a full disk); a second time would hide the first error. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.database.isTransaction) await super.rollbackTransaction(connection);
  }

  /** False while another program has the lock. Those who come when patience is at its end fail at once. */
  private async beginsToWrite(connection: DatabaseConnection): Promise<boolean> {
    try {
      await connection.executeQuery(CompiledQuery.raw('begin immediate'));
      this.busySince = null;
      return true;
    } catch (error) {
      if (!(error instanceof StoreUnavailableError && isBusy(error.cause))) throw error;
      this.busySince ??= performance.now();
      if (performance.now() - this.busySince > PATIENCE_MS) throw error;
      return false;
    }
  }
}
