import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';

const BETWEEN_MS = 250;
const BUSY = 5;

/**
 * Does the work while no other process of this machine does work of that name. The lock is one on a file, of SQLite,
 * the only kind that Node has: it ends with its holder, however that ends.
 */
export async function oneAtATime<T>(name: string, work: () => Promise<T>): Promise<T> {
  const lock = new DatabaseSync(join(tmpdir(), `${name}.lock`));
  try {
    while (!isTaken(lock)) await pause(BETWEEN_MS);
    return await work();
  } finally {
    lock.close();
  }
}

function isTaken(lock: DatabaseSync): boolean {
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if (isBusy(error)) return false;
    throw error;
  }
}

/** Errors of Node itself are of another realm than the tests: they are no `instanceof Error` here. */
function isBusy(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'errcode' in error && error.errcode === BUSY;
}
