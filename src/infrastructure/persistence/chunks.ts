/** Rows per statement: SQLite binds at most 32,766 values, and our widest row has 29 columns. */
const ROWS_PER_STATEMENT = 1000;

/** The items in lists of at most a statement's length, in their order; no list at all for no items. */
export function inChunks<T>(items: readonly T[]): readonly (readonly T[])[] {
  const chunks: (readonly T[])[] = [];
  for (let start = 0; start < items.length; start += ROWS_PER_STATEMENT) {
    chunks.push(items.slice(start, start + ROWS_PER_STATEMENT));
  }
  return chunks;
}

/** Reads the rows of many ids, a statement per thousand, in order of id; each is asked for once, null not at all. */
export async function readByIds<Row>(
  ids: Iterable<string | null>,
  read: (chunk: readonly string[]) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const wanted = [...new Set(ids)].filter((id) => id !== null).toSorted();
  for (const chunk of inChunks(wanted)) rows.push(...(await read(chunk)));
  return rows;
}
