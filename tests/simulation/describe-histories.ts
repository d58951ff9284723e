import { closeSqlStore } from './alertree/stores.js';
import { playHistory, type HistoryResult, type Level } from './history.js';
import { MUST_BE_REACHED, MUST_HAPPEN } from './must-happen.js';
import { plannedFor } from './plan.js';

/** Fewer cannot be expected to meet everything. */
const ENOUGH = 1000;
/** Whoever waits hears how far it is after so many. */
const PROGRESS_EVERY = 500;
const HOURS = 24 * 3_600_000;

/** The test of one shard: plays its histories, tells what they met, and fails at the first that leaves anything wrong. */
export function describeHistories(shard: number): void {
  const histories = plannedFor(shard);
  const met = new Map<string, number>();
  const played: Record<Level, number> = { real: 0, plain: 0 };
  let facts = 0;

  function count(result: HistoryResult): void {
    played[result.level] += 1;
    facts += result.facts;
    for (const what of result.tally.names) met.set(what, (met.get(what) ?? 0) + 1);
    const done = played.real + played.plain;
    if (done % PROGRESS_EVERY === 0)
      process.stdout.write(`shard ${shard + 1}: ${done} of ${histories.length} histories\n`);
  }

  describe(`${histories.length} histories of a whole service, shard ${shard + 1}`, () => {
    afterAll(async () => {
      await closeSqlStore();
      const lines = [...met]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([what, times]) => `  ${what}: ${times}`);
      process.stdout.write(
        `${played.real} histories on the real store and adapter and ${played.plain} on their in-memory likes, ` +
          `${facts} facts. So many met:\n${lines.join('\n')}\n`,
      );
    });

    it(
      'leave the tickets right',
      async () => {
        for (const { seed, level } of histories) {
          const result = await playHistory(seed, level);
          count(result);
          if (result.violations.length > 0) throw new Error(told(result));
        }
      },
      HOURS,
    );

    it('are long, and meet everything that can happen', () => {
      const all = played.real + played.plain;
      if (all < ENOUGH) return;
      const rare = MUST_HAPPEN.filter((what) => (met.get(what) ?? 0) < all / 100);
      const never = MUST_BE_REACHED.filter((what) => !met.has(what));

      expect({ rare, never }).toEqual({ rare: [], never: [] });
    });
  });
}

function told({ seed, violations, trace }: HistoryResult): string {
  return [
    `The history of seed ${seed} leaves this wrong:`,
    ...violations,
    `It goes as follows; SEED=${seed} npm run test:simulation plays it again.`,
    ...trace.lines,
  ].join('\n');
}
