import { firing, HOUR, MINUTE, resolved } from '../../support/builders/alerts.js';
import { World } from '../../support/world/world.js';

const states = (world: World): readonly string[] =>
  world.backend.tickets().map(({ id, status }) => `${id} ${status}`);

/** A world whose store was emptied, adopted root #1 of A and child #2 of B, and has heard of B alone since. */
async function adopted(route: ConstructorParameters<typeof World>[0] = {}): Promise<World> {
  const world = new World(route);
  await world.hear(firing('A'), firing('B'));
  world.emptyStore();
  await world.hear(firing('B'));
  return world;
}

/** What was gathered about it makes delivery look at the ticket of B. */
async function looksAtB(world: World): Promise<void> {
  await world.hear(resolved('B', { endsAt: 1 }));
  await world.hear(firing('B', { startsAt: 2 }));
  await world.pass(15 * MINUTE);
}

describe('an adopted root whose own alert is not heard', () => {
  it('closes when its last child ended by itself, held or not', async () => {
    const world = await adopted({ closeAfterMs: 5 * MINUTE });
    await world.hear(resolved('B', { endsAt: 1 }));
    expect(states(world)).toEqual(['1 open', '2 open']);

    await world.pass(5 * MINUTE);

    expect(states(world)).toEqual(['1 closed', '2 closed']);
  });

  it('closes when a person closed its last child, though the alert of that fires on', async () => {
    const world = await adopted({ closeAfterMs: 5 * MINUTE });
    world.backend.personCloses('2');

    await looksAtB(world);

    expect(states(world)).toEqual(['1 closed', '2 closed']);
    await world.hear(resolved('B', { startsAt: 2, endsAt: 30 }));
    await world.pass(48 * HOUR);
    expect(states(world)).toEqual(['1 closed', '2 closed']);
  });

  it('closes when a person closed its last child, whose end was held', async () => {
    const world = await adopted({ autoClose: 'note' });
    world.backend.personCloses('2');

    await world.hear(resolved('B'));

    expect(states(world)).toEqual(['1 closed', '2 closed']);
  });

  it('closes when its last child was deleted', async () => {
    const world = await adopted({ closeAfterMs: 5 * MINUTE });
    world.backend.personDeletes('2');

    await looksAtB(world);

    expect(states(world)).toEqual(['1 closed']);
  });

  it('opens again for an alert that begins anew after a person settled it', async () => {
    const world = await adopted({ closeAfterMs: 5 * MINUTE });
    world.backend.personCloses('2');
    await looksAtB(world);

    await world.hear(firing('B', { startsAt: 20 }));

    expect(states(world)).toEqual(['1 open', '2 closed', '3 open']);
    await world.hear(resolved('B', { startsAt: 20, endsAt: 25 }));
    await world.pass(5 * MINUTE);
    expect(states(world)).toEqual(['1 closed', '2 closed', '3 closed']);
  });

  it('stays open where it never had a child, however often it is adopted', async () => {
    const world = new World();
    await world.hear(firing('A'));
    world.emptyStore();
    await world.settle();

    await world.adopt();
    await world.pass(48 * HOUR);

    expect(states(world)).toEqual(['1 open']);
    expect(world.backend.writes).toHaveLength(1);
  });

  it('stays open when its last child only fires while the backend has another address', async () => {
    const world = await adopted();
    world.moveBackend('elsewhere');
    await world.post(firing('B'));
    const writes = world.backend.writes.length;

    await world.settle();
    await world.hear(firing('A'), firing('B'));

    expect(states(world)).toEqual(['1 open', '2 open']);
    expect(world.backend.writes).toHaveLength(writes);
  });
});
