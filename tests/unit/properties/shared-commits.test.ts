import fc from 'fast-check';
import type { ReceivedAlert } from '../../../src/domain/alert/alert.js';
import { firing, resolved } from '../../support/builders/alerts.js';
import { World } from '../../support/world/world.js';

const RUNS = Number(process.env['HISTORIES'] ?? 400);

type Body = readonly ReceivedAlert[];

const alert: fc.Arbitrary<ReceivedAlert> = fc
  .record({
    host: fc.constantFrom('A', 'B', 'C', 'D'),
    name: fc.constantFrom('DiskFull', 'LinkDown'),
    isFiring: fc.boolean(),
    minute: fc.nat(12),
  })
  .map(({ host, name, isFiring, minute }) =>
    isFiring ? firing(host, { name, startsAt: minute }) : resolved(host, { name, endsAt: minute }),
  );

const bodies: fc.Arbitrary<readonly Body[]> = fc.array(fc.array(alert, { minLength: 1, maxLength: 4 }), {
  minLength: 2,
  maxLength: 6,
});

const routes = fc.record({
  maxChildren: fc.constantFrom(1, 50),
  groupSpanMs: fc.constantFrom(0, 48 * 3_600_000),
  root: fc.constantFrom('alert' as const, 'summary' as const),
});

/** The tickets as people read them; ids, which are drawn in another order, left out. */
function ticketsOf(world: World): readonly unknown[] {
  return world.backend.tickets().map(({ subject, status, parentId, notes }) => {
    return { subject, status, parentId, notes: notes.map((note) => note.replace(/alertree note \w+/, '')) };
  });
}

/** What the webhook answers, and what the tickets are, before and after another round of the same bodies. */
async function outcomeOf(
  world: World,
  post: (bodies: readonly Body[]) => Promise<readonly unknown[]>,
  sent: readonly Body[],
): Promise<unknown> {
  const first = await post(sent);
  await world.settle();
  const between = ticketsOf(world);
  const again = await post(sent);
  await world.settle();
  return { first, between, again, after: ticketsOf(world) };
}

const kinds = (outcomes: Awaited<ReturnType<World['post']>>): readonly string[] =>
  outcomes.map(({ label, kind }) => `${label} ${kind}`);

describe('notifications that wait for the store together', () => {
  it('mean what they mean one after the other', async () => {
    await fc.assert(
      fc.asyncProperty(bodies, routes, async (sent, route) => {
        const alone = new World(route);
        const together = new World(route);

        const inTurn = async (all: readonly Body[]): Promise<readonly unknown[]> => {
          const answers: unknown[] = [];
          for (const body of all) answers.push(kinds(await alone.post(...body)));
          return answers;
        };
        const atOnce = async (all: readonly Body[]): Promise<readonly unknown[]> =>
          (await Promise.all(all.map((body) => together.post(...body)))).map(kinds);

        expect(await outcomeOf(together, atOnce, sent)).toEqual(await outcomeOf(alone, inTurn, sent));
      }),
      { numRuns: RUNS },
    );
  });
});
