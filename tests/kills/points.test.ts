import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { build, type BuiltAlertree } from '../support/app/built-alertree.js';
import { KillWorld } from '../support/kills/kill-world.js';
import { allPoints, MODES } from '../support/kills/point-names.js';
import type { PointOrder } from '../support/kills/points.js';
import { passPoint } from '../support/kills/sweep.js';

const AT_ONCE = 5;
const MIGRATIONS = join(import.meta.dirname, '../../src/infrastructure/persistence/migrations');

jest.setTimeout(1_800_000);

let built: BuiltAlertree;
let folder: string;

beforeAll(async () => {
  built = await build('tests/support/kills/tsconfig.json', 'tests/support/kills/alertree-with-points.js');
  folder = await mkdtemp(join(tmpdir(), 'alertree-points-'));
});
afterAll(async () => {
  await built.remove();
  await rm(folder, { recursive: true });
});

async function ordersOf(mode: PointOrder['mode']): Promise<readonly PointOrder[]> {
  const files = await readdir(MIGRATIONS);
  const migrations = files.flatMap((file) => /^(\d{4}-[\w-]+)\.ts$/.exec(file)?.[1] ?? []);
  const asked = process.env['POINT'] ?? '';
  return allPoints(migrations.toSorted())
    .filter((point) => point.includes(asked))
    .map((point) => ({ point, mode }));
}

/** What went wrong there; null: nothing. */
async function problemAt(order: PointOrder): Promise<string | null> {
  const name = `${order.mode} at "${order.point}"`;
  const world = await KillWorld.create({
    main: built.main,
    folder: join(folder, name.replaceAll(/\W+/g, '-')),
    lateCommitSeconds: 1,
    restsWithinMs: 60_000,
  });
  try {
    await passPoint(world, order);
    return null;
  } catch (error) {
    return `${name}: ${String(error)}`;
  } finally {
    await world.dispose();
  }
}

test.each(MODES)('all comes right when Alertree meets a %s at any point', async (mode) => {
  const orders = [...(await ordersOf(mode))];
  const problems: string[] = [];
  const line = async (): Promise<void> => {
    for (let order = orders.shift(); order !== undefined; order = orders.shift())
      problems.push(...[await problemAt(order)].filter((problem) => problem !== null));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, line));

  expect(problems).toEqual([]);
});
