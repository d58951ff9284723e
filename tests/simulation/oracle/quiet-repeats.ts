import { MINUTE } from '../../support/builders/alerts.js';
import type { Body } from '../alerts.js';
import type { Timeline } from '../timeline.js';
import type { Facts } from './facts.js';
import type { Touches } from './touches.js';
import type { Watch } from './watch.js';

/** I19: whatever fires is told once more, as it was told last; that must write nothing. */
export async function quietRepeats(
  world: {
    readonly facts: Facts;
    readonly timeline: Timeline;
    readonly watch: Watch;
    readonly touches: Touches;
  },
  hear: (body: Body) => Promise<void>,
): Promise<readonly string[]> {
  const { facts, timeline, watch, touches } = world;
  const begun = timeline.now;
  const known = [...facts.meanings.values()].filter(({ fires, knownBy }) => fires && knownBy === 'hearing');
  await hear(known.map(({ lastFiring }) => lastFiring));
  await timeline.run(20 * MINUTE);
  const written = watch.writesSince(begun).filter((id) => !touches.mayHaveEnded(id));
  return written.map((id) => `a repeat of what is known wrote to #${id}`);
}
