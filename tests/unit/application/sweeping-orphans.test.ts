import { firing, MINUTE, resolved } from '../../support/builders/alerts.js';
import type { BackendCall } from '../../support/in-memory-ticket-backend/fault.js';
import { DOWN, LATE, open, SweptWorld } from '../../support/world/swept-world.js';
import { World } from '../../support/world/world.js';

/** Root #1 is closed, the group is over, and #2 came so late that it slipped in under the root. */
async function anOrphan(): Promise<SweptWorld> {
  const world = new SweptWorld();
  await world.sweep();
  await world.hear(firing('A'));
  world.faults.set('open', [LATE, ...Array.from({ length: 3 }, () => DOWN)]);
  await world.hear(firing('B'));
  await world.pass(119_000);
  await world.hear(resolved('A', { endsAt: 2 }), resolved('B', { endsAt: 2 }));
  await world.pass(2 * MINUTE);
  expect(world.backend.tickets().map(({ status }) => status)).toEqual(['closed']);
  world.backend.breaksRules('1', 'open');
  world.backend.commitTooLate();
  world.backend.breaksRules('1', 'closed');
  world.faults.clear();
  return world;
}

describe('an open child under a closed root', () => {
  it('is closed when its alert is over', async () => {
    const world = await anOrphan();
    expect(open(world)).toEqual(['2']);

    await world.passSweeping(5);

    expect(open(world)).toEqual([]);
  });

  it('is closed all the same when its alert fires again, which reopens the root for another child', async () => {
    const world = await anOrphan();
    await world.hear(firing('B', { startsAt: 5 }));

    await world.passSweeping(5);

    expect(open(world)).toEqual(['1', '3']);
  });

  it('is closed when a person closed the root, which the sweep finds out', async () => {
    const world = new SweptWorld();
    await world.hear(firing('A'), firing('B'));
    world.backend.breaksRules('1', 'closed');

    await world.passSweeping(5);

    expect(open(world)).toEqual([]);
    expect(world.events()).toContain('person-decided');
  });

  it('is left to a person who opened it again', async () => {
    const world = new SweptWorld();
    await world.hear(firing('A'), firing('B'));
    await world.hear(resolved('A'), resolved('B'));
    world.backend.breaksRules('2', 'open');

    await world.passSweeping(5);

    expect(open(world)).toEqual(['2']);
    expect(world.events()).toContain('person-decided');
  });
});

describe('the times of sweeps', () => {
  it('are every 4 minutes after the start, and every 30 once no create went unanswered for 20 minutes', async () => {
    const world = new SweptWorld();
    await world.passSweeping(20);
    expect(world.count('findOurs')).toBe(5);

    const before = world.count('findOurs');
    await world.passSweeping(60);

    expect(world.count('findOurs') - before).toBe(2);
  });

  it('follow an unanswered create closely, but not before it can have come', async () => {
    const world = new SweptWorld();
    await world.passSweeping(60);
    const before = world.count('findOurs');
    world.faults.set('open', [LATE]);
    await world.hear(firing('A'));

    await world.passSweeping(1);
    expect(world.count('findOurs')).toBe(before);
    await world.passSweeping(20);

    expect(world.count('findOurs') - before).toBeGreaterThanOrEqual(5);
  });

  it('wait until the open tickets of an emptied store are adopted', async () => {
    const given: { during: Promise<number | null> | null } = { during: null };
    let pages = 0;
    const fault = ({ method }: BackendCall): null => {
      if (method !== 'findOurs') return null;
      pages += 1;
      if (pages === 1) given.during = world.sweepStep();
      return null;
    };
    const world = new World({}, { fault });
    await world.hear(firing('A'));
    world.emptyStore();
    expect(await world.sweepStep()).toBeNull();

    await world.settle();

    expect(await given.during).toBeNull();
    expect(pages).toBe(1);
    await world.sweep();
    expect(pages).toBe(2);
  });
});
