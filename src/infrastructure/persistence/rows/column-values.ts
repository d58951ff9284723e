import type { Flag } from '../database-schema.js';

/** Booleans are stored as 0 and 1: the one form that both databases take. */
export function flag(value: boolean): Flag {
  return value ? 1 : 0;
}

/** JSON text of a value that may be missing; a missing one is no JSON `null`, so that SQL can ask for it. */
export function jsonOrNull(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value);
}
