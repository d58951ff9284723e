import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { buildAlertree, type BuiltAlertree } from '../support/app/built-alertree.js';
import { judgedOf } from '../support/kills/accounts.js';
import { foldedCopies } from '../support/kills/checker.js';
import { KillWorld } from '../support/kills/kill-world.js';
import { killAtRandom } from '../support/kills/random-kills.js';

const KILLS = Number(process.env['KILLS'] ?? '100');
const WORLDS = 3;
const LATE_COMMIT_SECONDS = 2;
const LATEST_MS = (LATE_COMMIT_SECONDS * 1000) / 2;

// A watchdog: machines under load start a process slowly.
jest.setTimeout(300_000 + KILLS * 15_000);

let built: BuiltAlertree;
let folder: string;

beforeAll(async () => {
  built = await buildAlertree();
  folder = await mkdtemp(join(tmpdir(), 'alertree-kills-'));
});
afterAll(async () => {
  await built.remove();
  await rm(folder, { recursive: true });
});

test(`an Alertree that is killed ${KILLS} times while Redmine fails loses nothing and does nothing twice`, async () => {
  const worlds = await Promise.all(
    Array.from({ length: WORLDS }, (_, number) =>
      KillWorld.create({
        main: built.main,
        folder: join(folder, `world${number}`),
        lateCommitSeconds: LATE_COMMIT_SECONDS,
        restsWithinMs: 60_000,
      }),
    ),
  );
  let kills = 0;
  try {
    const whiles = worlds.map((world, number) => {
      world.alertree.start();
      const given = {
        name: `w${number}`,
        kills: Math.ceil(KILLS / WORLDS),
        // What Redmine does later than it is waited for is folded, which takes longer than this test.
        late: { createMs: LATEST_MS, changeMs: LATEST_MS },
      };
      return killAtRandom(world, given, () => (kills += 1));
    });
    await Promise.all(whiles);
  } finally {
    await Promise.all(worlds.map((world) => world.stop()));
  }

  expect(kills).toBeGreaterThanOrEqual(KILLS);
  const faults = new Set(worlds.flatMap(({ redmine }) => [...redmine.faults.keys()]));
  expect([...faults].toSorted()).toEqual(['answer', 'drop-after', 'drop-before', 'error-after', 'slow']);
  for (const { sender, redmine } of worlds) {
    const tickets = redmine.tickets();
    // Nothing came later than it was waited for.
    expect(foldedCopies(tickets)).toEqual([]);
    const judged = judgedOf(sender.told, tickets);
    process.stdout.write(`${JSON.stringify({ ...judged, tickets: tickets.length })}\n`);
    expect(judged.occurrences).toBe(sender.acknowledged);
    expect(sender.acknowledged).toBeGreaterThan(KILLS / WORLDS);
  }
});
