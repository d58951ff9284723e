import { KEPT_SEEDS } from './kept-seeds.js';
import type { Level } from './history.js';

export interface Planned {
  readonly seed: number;
  readonly level: Level;
}

/** So many run side by side, each in a test file of its own: as many as CI has processors. */
export const SHARDS = 2;
/** Of so many histories one of each shard runs on the real store and the real adapter, which takes twenty times as long. */
const REAL_EVERY = 60;

/** The histories of a shard, counted from 0: those kept first, then `HISTORIES` in order; `SEED` alone with that given. */
export function plannedFor(shard: number, environment: NodeJS.ProcessEnv = process.env): readonly Planned[] {
  const only = wholeNumber('SEED', environment);
  if (only !== null) return shard === 0 ? [planned(only)] : [];
  const histories = wholeNumber('HISTORIES', environment) ?? 10_000;
  const all = [...KEPT_SEEDS, ...Array.from({ length: histories }, (_, index) => index + 1)];
  return all.filter((_, index) => index % SHARDS === shard).map(planned);
}

/** Whatever else was meant: to play less than that and be green would be worse than not to play. */
function wholeNumber(name: string, environment: NodeJS.ProcessEnv): number | null {
  const given = environment[name];
  if (given === undefined) return null;
  if (!/^\d{1,9}$/.test(given)) throw new Error(`${name} must be a whole number, and is "${given}".`);
  return Number(given);
}

function planned(seed: number): Planned {
  return { seed, level: seed % REAL_EVERY < SHARDS ? 'real' : 'plain' };
}
