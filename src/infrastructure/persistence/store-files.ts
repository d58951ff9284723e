import { stat } from 'node:fs/promises';

/** The files of a SQLite store: the database itself, and its write-ahead log. */
export type StoreFileSizes = Readonly<Record<'db' | 'wal', number>>;

/** In bytes; 0 for one that is not there. */
export async function sizesOfStoreFiles(path: string): Promise<StoreFileSizes> {
  return { db: await sizeOf(path), wal: await sizeOf(`${path}-wal`) };
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch {
    return 0;
  }
}
