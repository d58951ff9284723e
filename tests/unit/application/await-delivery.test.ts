import { AwaitDelivery } from '../../../src/application/await-delivery/await-delivery.js';
import { firing, HOUR, resolved } from '../../support/builders/alerts.js';
import type { ReceivedAlert } from '../../../src/domain/alert/alert.js';
import { World } from '../../support/world/world.js';

/** A doorbell whose every wait does the world's work, or lets time pass when there is none. */
function waiting(world: World): AwaitDelivery {
  const doorbell = {
    rings: 0,
    ring: () => undefined,
    wait: async (milliseconds: number) => {
      await world.settle();
      world.clock.advance(milliseconds);
    },
  };
  return new AwaitDelivery(world.store, world.clock, doorbell);
}

const told = async (world: World, ...alerts: ReceivedAlert[]) => {
  const outcomes = await world.post(...alerts);
  return (await waiting(world).execute(outcomes, 10_000)).map(({ outcome, of }) => `${outcome} ${of}`);
};

describe('waiting for delivery', () => {
  it('tells what became of each alert, in the order of the body', async () => {
    const world = new World();

    expect(await told(world, firing('B'), firing('A'))).toEqual(['created 2', 'created 1']);
    expect(await told(world, firing('A'))).toEqual(['already_exists 1']);
    expect(await told(world, resolved('B'), resolved('C'))).toEqual([
      'closed 2',
      'no_open_issue HostMemoryUsageHigh-Usage90%:C',
    ]);
  });

  it('answers for a folded alert with the root that counts it', async () => {
    const world = new World({ maxChildren: 0 });

    expect(await told(world, firing('A'), firing('B'))).toEqual(['created 1', 'already_exists 1']);
  });

  it.each([
    ['the root of others that fire stays open', new World()],
    ['the end is held', new World({ closeAfterMs: HOUR })],
  ])('does not wait in vain: %s', async (_, world) => {
    await world.hear(firing('A'), firing('B'));
    const before = world.clock.now();

    expect(await told(world, resolved('A'))).toEqual(['pending HostMemoryUsageHigh-Usage90%:A']);
    expect(world.clock.now() - before).toBeLessThan(5_000);
  });

  it('tells of the copy of an end that is held what it told of the end', async () => {
    const world = new World({ closeAfterMs: HOUR });
    await world.hear(firing('A'));
    const first = await told(world, resolved('A'));

    expect(await told(world, resolved('A'))).toEqual(first);
  });

  it('does not wait when it is given no time', async () => {
    const world = new World();
    const outcomes = await world.post(firing('A'));

    expect(await waiting(world).execute(outcomes, 0)).toMatchObject([{ outcome: 'pending' }]);
  });
});
