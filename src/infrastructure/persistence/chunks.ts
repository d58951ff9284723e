import { setImmediate } from 'node:timers/promises';

/** Rows per statement: SQLite binds at most 32,766 values, and our widest row has 29 columns. */
const ROWS_PER_STATEMENT = 1000;

/**
 * The items in lists of at most a statement's length, in their order; no list at all for no items. Between two lists
 * the rest of the process has its turn: the statements of a storm would otherwise keep it from answering anything.
 */
export async function* inChunks<T>(items: readonly T[]): AsyncGenerator<readonly T[]> {
  for (let start = 0; start < items.length; start += ROWS_PER_STATEMENT) {
    if (start > 0) await setImmediate();
    yield items.slice(start, start + ROWS_PER_STATEMENT);
  }
}

/** Reads the rows of many ids, a statement per thousand, in order of id; each is asked for once, null not at all. */
export async function readByIds<Row>(
  ids: Iterable<string | null>,
  read: (chunk: readonly string[]) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const wanted = [...new Set(ids)].filter((id) => id !== null).toSorted();
  for await (const chunk of inChunks(wanted)) rows.push(...(await read(chunk)));
  return rows;
}
