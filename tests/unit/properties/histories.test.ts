import fc from 'fast-check';
import type { RouteSettings } from '../../../src/domain/route/route-settings.js';
import { MINUTE } from '../../support/builders/alerts.js';
import { FAULTS, history, MOVES_HEARD, PERSON_ACTS } from '../../support/world/history.js';
import { HistoryRunner } from '../../support/world/history-runner.js';
import { violations } from '../../support/world/invariants.js';

/** Fewer cannot be expected to meet everything. */
const ENOUGH = 500;
const RUNS = Number(process.env['HISTORIES'] ?? 1000);

const route: fc.Arbitrary<Partial<RouteSettings>> = fc.record({
  root: fc.constantFrom('alert' as const, 'alert' as const, 'summary' as const),
  maxChildren: fc.constantFrom(0, 1, 2, 50, 50),
  groupSpanMs: fc.constantFrom(0, 60 * MINUTE, 48 * 60 * MINUTE),
  closeAfterMs: fc.constantFrom(0, 0, 10 * MINUTE),
  autoClose: fc.constantFrom('close' as const, 'close' as const, 'close' as const, 'note' as const),
});

describe('random histories', () => {
  const happened = new Map<string, number>();

  afterAll(() => {
    const lines = [...happened]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([what, count]) => `  ${what}: ${count}`);
    process.stdout.write(`In ${RUNS} histories happened:\n${lines.join('\n')}\n`);
  });

  it('leave the tickets right, whatever happened', async () => {
    await fc.assert(
      fc.asyncProperty(route, history, async (settings, steps) => {
        const runner = new HistoryRunner(settings);
        await runner.play(steps);

        expect(await violations(runner)).toEqual([]);
        for (const what of runner.happened.keys()) happened.set(what, (happened.get(what) ?? 0) + 1);
      }),
      { numRuns: RUNS },
    );
  }, 300_000);

  it.each([
    'body',
    'copy',
    'late body',
    'pass',
    'clock step back',
    'restart',
    'store emptied',
    'backend moved',
    ...MOVES_HEARD.map((how) => `backend moved ${how}`),
    'ticket after all',
    ...FAULTS.map((fault) => `fault ${fault}`),
    ...PERSON_ACTS.map((act) => `person ${act}`),
  ])('contain every kind of event: %s', (what) => {
    if (RUNS < ENOUGH) return;
    expect(happened.get(what) ?? 0).toBeGreaterThan(RUNS / 100);
  });
});
