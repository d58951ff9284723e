import { DatabaseSync } from 'node:sqlite';

/** A process that was just killed may take a moment to be gone. */
const PATIENCE_MS = 1_000;

/**
 * Keeps every other process off the store at this path, until it is closed or this process ends in whatever way: the
 * kernel holds the lock, and no file has to be taken away after a crash. Throws when another process has it.
 */
export class StoreLock {
  private readonly file: DatabaseSync;

  /** A database without anything in it: SQLite knows how to lock a file on every system. */
  constructor(path: string) {
    this.file = new DatabaseSync(`${path}.lock`, { timeout: PATIENCE_MS });
    try {
      this.file.exec('pragma journal_mode = memory'); // no second file beside it
      this.file.exec('begin exclusive');
    } catch (cause) {
      this.file.close();
      throw new Error(`Another Alertree uses ${path}: stop it, or give this one another ALERTREE_DATA_DIR.`, {
        cause,
      });
    }
  }

  close(): void {
    this.file.close();
  }
}
