import { DatabaseSync } from 'node:sqlite';
import { isBusy } from './sqlite-codes.js';

/** A process that was just killed may take a moment to be gone. */
const PATIENCE_MS = 1_000;

/**
 * Keeps every other process off the store at this path, until it is closed or this process ends in whatever way: the
 * kernel holds the lock, and no file has to be taken away after a crash. Throws when another process has it, and when
 * the file cannot be locked.
 */
export class StoreLock {
  private readonly file: DatabaseSync;

  /** A database without anything in it: SQLite knows how to lock a file on every system. */
  constructor(path: string) {
    try {
      this.file = lock(`${path}.lock`);
    } catch (cause) {
      throw new Error(isBusy(cause) ? usedByAnother(path) : unlockable(`${path}.lock`, cause), { cause });
    }
  }

  close(): void {
    this.file.close();
  }
}

function lock(path: string): DatabaseSync {
  const file = new DatabaseSync(path, { timeout: PATIENCE_MS });
  try {
    file.exec('pragma journal_mode = memory'); // no second file beside it
    file.exec('begin exclusive');
    // What it may not write SQLite opens for reading, and locks for nobody: only a write shows it.
    file.exec('pragma user_version = 1');
    return file;
  } catch (error) {
    file.close();
    throw error;
  }
}

function usedByAnother(path: string): string {
  return `Another Alertree uses ${path}: stop it, or give this one another ALERTREE_DATA_DIR.`;
}

function unlockable(path: string, cause: unknown): string {
  const problem = cause instanceof Error ? cause.message : String(cause);
  return (
    `The file ${path} keeps a second Alertree off the store, and cannot be locked (${problem}): ` +
    'let the user that Alertree runs as write it and its folder. It holds nothing and may be deleted while none runs.'
  );
}
