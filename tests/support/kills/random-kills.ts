import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Lateness } from './faulty-redmine.js';
import type { KeptAlertree } from './kept-alertree.js';
import type { KillWorld, OutlivingRedmine } from './kill-world.js';
import { GroupLoad } from './load.js';

const GROUPS = 8;
/** It lives at most so long once it listens. */
const LIFE_MS = 1_600;
/** So many of a hundred are given that time from their start, and mostly do not come to listen. */
const EARLY_PERCENT = 20;
/** So many of those that come to listen are given it from a write on, so that writes fail and are left unanswered. */
const AT_WORK_PERCENT = 60;
const WORKS_WITHIN_MS = 5_000;
/** Beside a hundred kills so many are asked to stop in peace; they are not counted. */
const PEACEFUL_PERCENT = 5;

/**
 * A while of load with kills at random moments, the start-up included; then everything comes to rest and is checked,
 * once while some alerts fire and once when all are over. `name` tells its groups from those of other whiles.
 */
export async function killAtRandom(
  world: KillWorld,
  given: { readonly name: string; readonly kills: number; readonly late: Lateness },
  onKill: () => void = () => undefined,
): Promise<void> {
  const { redmine, alertree, sender } = world;
  const groups = Array.from(
    { length: GROUPS },
    (_, number) => new GroupLoad(`${given.name}g${number}`, sender),
  );
  redmine.storm(given.late);
  await underLoad(world, groups, async () => {
    const how = { kills: given.kills, lifeMs: LIFE_MS, works: () => redmine.nextWrite(WORKS_WITHIN_MS) };
    await killAgainAndAgain(alertree, how, onKill);
    redmine.calm();
  });
}

/** Sends during the trouble; then all comes to rest, once with what fires and once when that is over. */
export async function underLoad(
  world: KillWorld<OutlivingRedmine>,
  groups: readonly GroupLoad[],
  trouble: () => Promise<void>,
): Promise<void> {
  const sending = Promise.all(groups.map((group) => group.run()));
  try {
    await Promise.race([sending, trouble()]);
  } finally {
    groups.forEach((group) => group.stop());
  }
  await sending;
  await world.rest();
  await Promise.all(groups.map((group) => group.end()));
  await world.rest();
}

interface Killing {
  readonly kills: number;
  readonly lifeMs: number;
  /** Resolves when it writes next. */
  readonly works?: () => Promise<void>;
}

/** Kills it at random moments of lives of at most `lifeMs`, which begin with the start, with listening or with a write. */
export async function killAgainAndAgain(
  alertree: KeptAlertree,
  { kills, lifeMs, works }: Killing,
  onKill: () => void = () => undefined,
): Promise<void> {
  for (let kill = 0; kill < kills; kill += 1) {
    if (randomInt(100) >= EARLY_PERCENT) {
      await alertree.listening();
      if (randomInt(100) < AT_WORK_PERCENT) await works?.();
    }
    await pause(randomInt(lifeMs));
    await alertree.end('SIGKILL');
    onKill();
    if (randomInt(100) >= PEACEFUL_PERCENT) continue;
    await alertree.listening();
    await alertree.end('SIGTERM');
  }
}
