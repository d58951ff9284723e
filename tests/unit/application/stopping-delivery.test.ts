import { firing } from '../../support/builders/alerts.js';
import { World } from '../../support/world/world.js';

describe('delivery that is asked to stop', () => {
  it('makes no further call, records what the last one did, and goes on where it was', async () => {
    const world = new World();
    await world.post(...['A', 'B', 'C', 'D', 'E'].map((host) => firing(host)));

    await world.deliverDue(() => world.backend.tickets().length === 2);
    expect(world.tree()).toHaveLength(2);
    world.restart();
    await world.settle();

    expect(world.tree()).toHaveLength(5);
    expect(new Set(world.tree()).size).toBe(5);
  });
});
