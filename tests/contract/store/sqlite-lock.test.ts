import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoreLock } from '../../../src/infrastructure/persistence/store-lock.js';

const NOBODY = 65_534;

/** Files may deny something to an ordinary user only. */
function asAnOrdinaryUser<T>(work: () => T): T {
  const me = process.geteuid?.() ?? NOBODY;
  if (me !== 0) return work();
  process.seteuid?.(NOBODY);
  try {
    return work();
  } finally {
    process.seteuid?.(me);
  }
}

describe('the lock of a store on SQLite', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alertree-lock-'));
    await chmod(folder, 0o755);
    path = join(folder, 'alertree.db');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is taken once, and again after it was given back', async () => {
    const first = new StoreLock(path);
    expect(() => new StoreLock(path)).toThrow(/^Another Alertree uses \S+alertree\.db: stop it/);
    first.close();

    new StoreLock(path).close();
    expect(await readdir(folder)).toEqual(['alertree.db.lock']);
  });

  it('is not taken on a file that may only be read, on which nothing can be locked', async () => {
    await writeFile(`${path}.lock`, '');
    await chmod(`${path}.lock`, 0o444);

    expect(() => asAnOrdinaryUser(() => new StoreLock(path))).toThrow(
      /alertree\.db\.lock .*cannot be locked \(.*readonly.*\): let the user that Alertree runs as write it/,
    );
  });

  it('says what is wrong when the file cannot be opened at all', async () => {
    await mkdir(`${path}.lock`);

    expect(() => new StoreLock(path)).toThrow(/cannot be locked \(.*unable to open database file\)/);
  });
});
