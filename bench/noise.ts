import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';

/** Does something with a bare server beside this process, for comparison. */
export async function withBareServer<T>(
  work: (baseUrl: string) => Promise<T>,
  file = 'bare-server.js',
): Promise<T> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)));
  const [port] = (await once(child, 'message')) as [number];
  try {
    return await work(`http://127.0.0.1:${port}`);
  } finally {
    const ended = once(child, 'exit');
    child.disconnect();
    await ended;
  }
}

/** Milliseconds of a commit that is on the disk before it is acknowledged, as Alertree's are, again and again. */
export async function commitTimes(count: number): Promise<readonly number[]> {
  const folder = await mkdtemp(join(tmpdir(), 'alertree-bench-'));
  const database = new DatabaseSync(join(folder, 'noise.db'));
  database.exec('pragma journal_mode = wal; pragma synchronous = full; create table noise (n integer)');
  const insert = database.prepare('insert into noise (n) values (?)');
  const times: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const begun = performance.now();
    insert.run(n);
    times.push(performance.now() - begun);
  }
  database.close();
  await rm(folder, { recursive: true });
  return times;
}
