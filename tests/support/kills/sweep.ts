import { setTimeout as pause } from 'node:timers/promises';
import { untilTrue } from '../app/until.js';
import type { KillWorld } from './kill-world.js';
import { afterTheCommit, atTheBegin, beforeTheCommit } from './point-names.js';
import type { PointOrder } from './points.js';
import { NAMELESS } from './store-with-points.js';
import { epilogue, prologue, storyOf } from './stories.js';

/** A process that hangs is given so long, is then asked to stop, asked again, and killed. */
const PATIENCE_MS = 300;

/**
 * A failure there leaves a lease with nobody. It runs out by itself within three minutes, or with the process: here it is
 * asked to stop in peace, and the next one takes the lease.
 */
const LEAVING_A_LEASE: readonly string[] = [
  afterTheCommit('claim'),
  ...['release', 'postponement'].flatMap((kind) => [
    atTheBegin(kind),
    beforeTheCommit(kind),
    afterTheCommit(kind),
  ]),
];

/**
 * Leads the world past a point, where the process is killed, fails or hangs; has it started again and come to rest,
 * first while alerts fire and then when all is over. Rejects when the point was not reached or something is wrong.
 */
export async function passPoint(world: KillWorld, order: PointOrder): Promise<void> {
  const { alertree, orders, redmine } = world;
  const story = storyOf(order.point);
  const given = [...(story.before ?? []), order];
  if (story.fromTheStart === true) {
    orders.give(...given);
    alertree.start();
    await Promise.all([prologue(world).then(() => story.tell(world)), rescue(world, order)]);
  } else {
    alertree.start();
    await prologue(world);
    await world.rest();
    orders.give(...given);
    await Promise.all([story.tell(world), rescue(world, order)]);
  }
  redmine.calm();
  await world.rest();
  await epilogue(world);
  await world.rest();
  if (alertree.history.includes(NAMELESS)) throw new Error(alertree.history);
}

/** Waits for the point, and frees the process from what would hold it there for ever. */
async function rescue({ alertree, orders }: KillWorld, { point, mode }: PointOrder): Promise<void> {
  await untilTrue(`the point "${point}" is reached`, () => orders.left.length === 0);
  const { starts } = alertree;
  if (mode === 'throw' && LEAVING_A_LEASE.includes(point)) alertree.signal('SIGTERM');
  if (mode !== 'hang') return;
  for (const signal of ['SIGTERM', 'SIGTERM', 'SIGKILL'] as const) {
    await pause(PATIENCE_MS);
    if (alertree.starts > starts) return;
    alertree.signal(signal);
  }
}
