import fc from 'fast-check';
import type { ReceivedAlert } from '../../../src/domain/alert/alert.js';
import { firing, HOUR, resolved } from '../../support/builders/alerts.js';
import { World } from '../../support/world/world.js';

const RUNS = Number(process.env['HISTORIES'] ?? 400);

/** A fact of one alert: it fires since a minute, or it ended at a minute. */
interface Fact {
  readonly host: string;
  readonly status: 'firing' | 'resolved';
  readonly minute: number;
}

const fact: fc.Arbitrary<Fact> = fc.record({
  host: fc.constantFrom('A', 'B', 'C'),
  status: fc.constantFrom('firing' as const, 'resolved' as const),
  minute: fc.nat(12),
});

/** The same facts twice: in another order, copied, and cut into bodies elsewhere. */
const twoTellings = fc
  .array(fact, { minLength: 1, maxLength: 10 })
  .chain((facts) => fc.tuple(fc.constant(facts), telling(facts), telling(facts)));

function telling(facts: readonly Fact[]): fc.Arbitrary<readonly (readonly Fact[])[]> {
  const copies = fc.array(fc.nat(facts.length - 1), { maxLength: 4 });
  return copies
    .chain((extra) => {
      const all = [...facts, ...extra.flatMap((index) => facts[index] ?? [])];
      return fc.tuple(
        fc.shuffledSubarray(all, { minLength: all.length }),
        fc.array(fc.nat(all.length), { maxLength: 5 }),
      );
    })
    .map(([shuffled, cuts]) => {
      const places = [0, ...cuts.toSorted((a, b) => a - b), shuffled.length];
      return places.slice(1).map((end, index) => shuffled.slice(places[index], end));
    });
}

const toAlert = ({ host, status, minute }: Fact): ReceivedAlert =>
  status === 'firing'
    ? firing(host, { startsAt: minute })
    : resolved(host, { startsAt: null, endsAt: minute });

/** Which hosts have an open ticket in the end, and of which nobody could know. */
async function outcomeOf(
  bodies: readonly (readonly Fact[])[],
): Promise<{ open: Set<string>; doubtful: Set<string> }> {
  const world = new World();
  for (const body of bodies) if (body.length > 0) await world.hear(...body.map(toAlert));
  for (let round = 0; round < 3; round += 1) await world.pass(HOUR);
  const { groups } = await world.store.list(null, 1, 100);
  const episodes = groups.flatMap((group) => group.episodes);
  const hostOf = (episode: (typeof episodes)[number]) =>
    new Map(episode.content.labels).get('instance') ?? '';
  const open = episodes.filter((episode) => episode.state !== 'ended').map(hostOf);
  return {
    open: new Set(open),
    doubtful: new Set(episodes.filter((episode) => episode.doubtful).map(hostOf)),
  };
}

describe('the order and number of facts', () => {
  let compared = 0;
  let doubts = 0;

  afterAll(() => {
    process.stdout.write(`Order of facts: ${compared} alerts compared, ${doubts} left out as doubtful.\n`);
  });

  it('do not matter for whether an alert has an open ticket in the end', async () => {
    await fc.assert(
      fc.asyncProperty(twoTellings, async ([facts, one, other]) => {
        const first = await outcomeOf(one);
        const second = await outcomeOf(other);
        for (const host of new Set(facts.map((known) => known.host))) {
          if (first.doubtful.has(host) || second.doubtful.has(host)) {
            doubts += 1;
            continue;
          }
          compared += 1;
          expect([host, first.open.has(host)]).toEqual([host, second.open.has(host)]);
          expect([host, first.open.has(host)]).toEqual([host, shouldBeOpen(facts, host)]);
        }
      }),
      { numRuns: RUNS },
    );
    expect(compared).toBeGreaterThan(RUNS / 2);
  }, 300_000);

  it('a body heard again writes nothing to the backend', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fact, { minLength: 1, maxLength: 12 }), async (facts) => {
        const world = new World();
        await world.hear(...facts.map(toAlert));
        const stillFiring = facts.filter(
          (known) => known.status === 'firing' && shouldBeOpen(facts, known.host),
        );
        const writes = world.backend.writes.length;

        for (let copy = 0; copy < 3; copy += 1) await world.hear(...stillFiring.map(toAlert));

        expect(world.backend.writes).toHaveLength(writes);
      }),
      { numRuns: RUNS },
    );
  }, 300_000);
});

/** An alert is over when an end is known that is not before its newest start. */
function shouldBeOpen(facts: readonly Fact[], host: string): boolean {
  const minutes = (status: Fact['status']) =>
    facts.filter((known) => known.host === host && known.status === status).map((known) => known.minute);
  const starts = minutes('firing');
  return starts.length > 0 && Math.max(...starts) > Math.max(-1, ...minutes('resolved'));
}
