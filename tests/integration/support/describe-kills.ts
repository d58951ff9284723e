import { randomInt } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { buildAlertree, type BuiltAlertree } from '../../support/app/built-alertree.js';
import { judgedOf } from '../../support/kills/accounts.js';
import { livesOfFolded } from '../../support/kills/checker.js';
import { KillWorld } from '../../support/kills/kill-world.js';
import { GroupLoad } from '../../support/kills/load.js';
import { killAgainAndAgain, underLoad } from '../../support/kills/random-kills.js';
import { KilledRedmine, type Blow } from './killed-redmine.js';

/** Of Alertree. */
const KILLS = Number(process.env['KILLS'] ?? '8');
/** How often a worker of Redmine is stopped for a while. Duplicates that arise so are folded, which takes minutes. */
const STOPS = Number(process.env['STOPS'] ?? '0');
const GROUPS = 4;
/** A real Redmine takes its time for each ticket, and again when the checker asks for it. */
const PAUSE_MS = { least: 800, most: 4_000 };
const LIFE_MS = 8_000;
const BETWEEN_BLOWS_MS = 5_000;
const LATE_COMMIT_SECONDS = 5;
/** What Redmine did later than that arises twice, and is folded within five minutes. */
const RESTS_WITHIN_MS = 6 * 60_000;

type RealWorld = KillWorld<KilledRedmine>;

/** An Alertree and a real Redmine under kills; `blows` are those on Redmine, which come in any order. */
export function describeKills(
  name: string,
  kind: Parameters<typeof KilledRedmine.start>[0],
  blows: readonly Blow[],
): void {
  // A Redmine that is not there yet is built and started first.
  jest.setTimeout(900_000 + RESTS_WITHIN_MS * 2);
  let built: BuiltAlertree;
  let folder: string;
  beforeAll(async () => {
    built = await buildAlertree();
    folder = await mkdtemp(join(tmpdir(), 'alertree-kills-'));
  });
  afterAll(() => built.remove());

  test(`an Alertree that is killed, as is ${name}, loses nothing and does nothing twice`, async () => {
    const world: RealWorld = await KillWorld.beside(await KilledRedmine.start(kind), {
      main: built.main,
      folder: join(folder, 'world'),
      lateCommitSeconds: LATE_COMMIT_SECONDS,
      restsWithinMs: RESTS_WITHIN_MS,
    });
    const done: string[] = [];
    const given = [...blows, ...Array.from({ length: STOPS }, (): Blow => 'stop worker')];
    try {
      await strikeBoth(world, shuffled(given), (blow) => done.push(blow));
      await tell(world, name, done);
    } catch (error) {
      throw new Error(`${String(error)}; see ${await inquest(world, folder)}`, { cause: error });
    } finally {
      await world.stop();
    }
    await rm(folder, { recursive: true });

    expect(done).toHaveLength(KILLS + given.length);
  });
}

async function strikeBoth(
  world: RealWorld,
  blows: readonly Blow[],
  onBlow: (blow: Blow | 'kill alertree') => void,
): Promise<void> {
  const { alertree, redmine, sender } = world;
  const groups = Array.from({ length: GROUPS }, (_, number) => new GroupLoad(`g${number}`, sender, PAUSE_MS));
  alertree.start();
  const strikeRedmine = async (): Promise<void> => {
    for (const blow of blows) {
      await pause(randomInt(BETWEEN_BLOWS_MS));
      await redmine.strike(blow);
      onBlow(blow);
    }
  };
  const killAlertree = (): Promise<void> =>
    killAgainAndAgain(alertree, { kills: KILLS, lifeMs: LIFE_MS }, () => onBlow('kill alertree'));
  await underLoad(world, groups, async () => {
    await Promise.all([killAlertree(), strikeRedmine()]);
  });
}

/** What the checker has found in order, in figures. */
async function tell({ sender, redmine }: RealWorld, name: string, done: readonly string[]): Promise<void> {
  const tickets = await redmine.tickets();
  const folded = livesOfFolded(tickets);
  const figures = {
    acknowledged: sender.acknowledged,
    ...judgedOf(sender.told, tickets),
    tickets: tickets.length,
    notes: tickets.flatMap(({ notes }) => notes).length,
    blows: tally(done),
    errorsOfRedmine: redmine.answers.count(/ 5\d\d$/),
    answers: Object.fromEntries([...redmine.answers.counts].filter(([what]) => !/ 2\d\d$/.test(what))),
    folded: folded.length,
    longestFoldedMs: Math.max(0, ...folded),
  };
  process.stdout.write(`${name}: ${JSON.stringify(figures)}\n`);
}

/** What is needed to look into a violation; gives where it is. */
async function inquest(world: RealWorld, folder: string): Promise<string> {
  const tickets = await world.redmine.tickets().catch(String);
  const found = { told: Object.fromEntries(world.sender.told), tickets };
  await writeFile(join(folder, 'inquest.json'), JSON.stringify(found, null, 2));
  await writeFile(join(folder, 'alertree.txt'), world.alertree.history);
  return folder;
}

function tally(names: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    [...new Set(names)].map((name) => [name, names.filter((one) => one === name).length]),
  );
}

function shuffled<T>(all: readonly T[]): readonly T[] {
  return all
    .map((one) => ({ one, at: Math.random() }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ one }) => one);
}
