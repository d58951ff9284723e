import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { build } from '../support/app/built-alertree.js';
import { foldedCopies, wrongs } from '../support/kills/checker.js';
import { KillWorld, NotAtRestError, type KillWorldGiven } from '../support/kills/kill-world.js';
import type { Mistake } from '../support/kills/mistakes.js';
import { killAtRandom } from '../support/kills/random-kills.js';

const KILLS = 3;
/** A mistake may go unnoticed in a while or three; hardly ever in all of these. */
const MOST_WHILES = 15;
const RESTS_WITHIN_MS = 6_000;
const LATE_COMMIT_SECONDS = 2;
const LATEST_MS = (LATE_COMMIT_SECONDS * 1000) / 2;

/** What the checker has to say of each. */
const FOUND: Readonly<Record<Mistake, RegExp>> = {
  'acknowledges before the commit': /^(?:lost|untold): /m,
  'retries creates blindly': /^(?:duplicates: key|folded:) /m,
  'does not tell what ended without a ticket': /^untold: /m,
  'closes without a word': /^closedInSilence: /m,
};

jest.setTimeout(600_000);

const MISTAKES = Object.keys(FOUND) as Mistake[];
const found = new Map<Mistake, string>();

// Side by side: most of the time they wait.
beforeAll(async () => {
  const main = 'tests/support/kills/alertree-with-mistake.js';
  const built = await build('tests/support/kills/tsconfig.json', main);
  const folder = await mkdtemp(join(tmpdir(), 'alertree-mistakes-'));
  try {
    await Promise.all(
      MISTAKES.map(async (mistake, number) => {
        const given = { main: built.main, folder: join(folder, `world${number}`), env: { MISTAKE: mistake } };
        found.set(mistake, await problemsOf(given, FOUND[mistake]));
      }),
    );
  } finally {
    await built.remove();
    await rm(folder, { recursive: true });
  }
});

test.each(MISTAKES)('the kills find out an Alertree that %s', (mistake) => {
  expect(found.get(mistake)).toMatch(FOUND[mistake]);
});

type Given = Pick<KillWorldGiven, 'main' | 'folder' | 'env'>;

/** All that was found wrong until it was this, or until enough was tried. */
async function problemsOf(given: Given, awaited: RegExp): Promise<string> {
  let problems = '';
  for (let tries = 0; tries < MOST_WHILES && !awaited.test(problems); tries += 1)
    problems += await problemsOfOneWhile(given);
  return problems;
}

async function problemsOfOneWhile(given: Given): Promise<string> {
  const world = await KillWorld.create({
    ...given,
    lateCommitSeconds: LATE_COMMIT_SECONDS,
    restsWithinMs: RESTS_WITHIN_MS,
  });
  world.alertree.start();
  try {
    await killAtRandom(world, {
      name: 'w',
      kills: KILLS,
      late: { createMs: LATEST_MS, changeMs: LATEST_MS },
    });
    return inLines(foldedCopies(world.redmine.tickets()).map((copy) => `folded: ${copy}`));
  } catch (error) {
    if (!(error instanceof NotAtRestError)) throw error;
    return inLines(wrongs(error.verdict));
  } finally {
    await world.dispose();
  }
}

function inLines(problems: readonly string[]): string {
  return problems.map((problem) => `${problem}\n`).join('');
}
