import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { KINDS } from './checker.js';
import { KillWorld, NotAtRestError } from './kill-world.js';
import { killAtRandom } from './random-kills.js';
import { SoakLog } from './soak-log.js';

/** Every so many kills a world comes to rest and is checked. */
const KILLS_PER_CHECK = 20;
const LATE_COMMIT_SECONDS = 3;
/** What is wrong may become right within that time: duplicates are folded. */
const RESTS_WITHIN_MS = 5 * 60_000;

const MAIN = join(import.meta.dirname, '../../../main.js');
const ROOT = join(import.meta.dirname, '../../../..');

const { values: options } = parseArgs({
  options: {
    /** In all, with those of earlier runs in the same folder. */
    kills: { type: 'string', default: '3000' },
    folder: { type: 'string', default: join(ROOT, 'soak') },
    /** Alertrees that are killed side by side, each with a store and a Redmine of its own. */
    worlds: { type: 'string', default: '3' },
    /** How late Redmine may carry out a create, in seconds; beyond what is waited for, duplicates arise. */
    'latest-create': { type: 'string', default: String(LATE_COMMIT_SECONDS / 2) },
  },
});

const folder = resolve(options.folder);
const log = await SoakLog.open(folder);
const goal = Number(options.kills);
let left = goal - log.figures.kills;
const asked = new AbortController();
const stop = (): void => asked.abort();
process.on('SIGINT', stop).on('SIGTERM', stop);

await log.say(
  `begins: ${Math.max(0, left)} kills of ${goal} are left, creates up to ${options['latest-create']} s late`,
);
const run = Date.now().toString(36);
await Promise.all(Array.from({ length: Number(options.worlds) }, (_, number) => soak(`${run}w${number}`)));
await log.say(asked.signal.aborted && left > 0 ? 'stopped before the end, to be taken up again' : 'ends');

/** One world, killed again and again, until enough is done or something is wrong. */
async function soak(name: string): Promise<void> {
  const world = await KillWorld.create({
    main: MAIN,
    folder: join(folder, name),
    lateCommitSeconds: LATE_COMMIT_SECONDS,
    restsWithinMs: RESTS_WITHIN_MS,
  });
  world.alertree.start();
  try {
    for (let check = 0; left > 0 && !asked.signal.aborted; check += 1)
      await killAndCheck(world, `${name}c${check}`);
    await world.dispose();
  } catch (error) {
    stop();
    process.exitCode = 1;
    await keepForInquest(world, name, error);
  }
}

async function killAndCheck(world: KillWorld, name: string): Promise<void> {
  const kills = Math.min(left, KILLS_PER_CHECK);
  left -= kills;
  const { sender, redmine } = world;
  const before = { acknowledged: sender.acknowledged, faults: redmine.faultCount };
  const late = {
    createMs: Number(options['latest-create']) * 1000,
    changeMs: (LATE_COMMIT_SECONDS * 1000) / 2,
  };
  await killAtRandom(world, { name, kills, late });
  const { livesOfFoldedMs, ...judged } = world.forget();
  const acknowledged = sender.acknowledged - before.acknowledged;
  if (judged.occurrences !== acknowledged)
    throw new Error(`${acknowledged} occurrences were acknowledged, and ${judged.occurrences} judged`);
  await log.add(
    {
      ...judged,
      kills,
      checks: 2,
      faults: redmine.faultCount - before.faults,
      folded: livesOfFoldedMs.length,
    },
    livesOfFoldedMs,
  );
}

/** The store stays as it is, and beside it all that was sent, all that Redmine holds, and what Alertree said. */
async function keepForInquest(world: KillWorld, name: string, error: unknown): Promise<void> {
  const place = join(folder, name);
  const tickets = [...world.redmine.fake.model.issues.values()];
  const inquest = { problem: String(error), told: Object.fromEntries(world.sender.told), tickets };
  await writeFile(join(place, 'inquest.json'), JSON.stringify(inquest, null, 2));
  await writeFile(join(place, 'alertree.txt'), world.alertree.history);
  if (error instanceof NotAtRestError)
    await log.add(Object.fromEntries(KINDS.map((kind) => [kind, error.verdict[kind].length])));
  await log.say(`VIOLATION in ${place}: ${String(error)}`);
  await world.stop();
}
