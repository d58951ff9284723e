import { sql, type RawBuilder } from 'kysely';

/**
 * For `on conflict (key) do update set`: every column of the row but its key takes the new value. Columns that the row
 * does not name stay as they are.
 */
export function newValues(row: object, key: string): Record<string, RawBuilder<never>> {
  const columns = Object.keys(row).filter((column) => column !== key);
  return Object.fromEntries(columns.map((column) => [column, sql<never>`${sql.ref(`excluded.${column}`)}`]));
}

/** In order of a text, rows of equal text as they came: writers that meet on a unique index then wait in one order. */
export function inOrderOf<T>(rows: readonly T[], text: (row: T) => string): readonly T[] {
  return rows
    .map((row) => ({ row, text: text(row) }))
    .toSorted((a, b) => (a.text < b.text ? -1 : Number(a.text > b.text)))
    .map(({ row }) => row);
}
