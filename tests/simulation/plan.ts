import { KEPT_SEEDS } from './kept-seeds.js';
import type { Level } from './history.js';

export interface Planned {
  readonly seed: number;
  readonly level: Level;
}

/** So many run side by side, each in a test file of its own: as many as CI has processors. */
export const SHARDS = 2;
const HISTORIES = Number(process.env['HISTORIES'] ?? 10_000);
/** Of so many histories one of each shard runs on the real store and the real adapter, which takes twenty times as long. */
const REAL_EVERY = 60;

/** The histories of a shard, counted from 0: those kept first, then `HISTORIES` in order; `SEED` alone with that given. */
export function plannedFor(shard: number): readonly Planned[] {
  const only = process.env['SEED'];
  if (only !== undefined) return shard === 0 ? [planned(Number(only))] : [];
  const all = [...KEPT_SEEDS, ...Array.from({ length: HISTORIES }, (_, index) => index + 1)];
  return all.filter((_, index) => index % SHARDS === shard).map(planned);
}

function planned(seed: number): Planned {
  return { seed, level: seed % REAL_EVERY < SHARDS ? 'real' : 'plain' };
}
