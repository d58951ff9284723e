import { firing, HOUR, MINUTE, resolved } from '../../support/builders/alerts.js';
import type { BackendCall, Fault } from '../../support/in-memory-ticket-backend/fault.js';
import { SweptWorld } from '../../support/world/swept-world.js';
import { World } from '../../support/world/world.js';

const states = (world: World): readonly string[] =>
  world.backend.tickets().map(({ id, status }) => `${id} ${status}`);

/**
 * A world of two pages of tickets, the first of which had that happen to its create; what is to happen between the pages
 * happens once, and the second comes late.
 */
async function ofTwoPages(between: (world: World) => void, first: Fault | null = null): Promise<World> {
  const given: { world: World | null; first: Fault | null } = { world: null, first };
  const fault = (call: BackendCall): Fault | null => {
    const { world } = given;
    if (call.method === 'open') return takeFirst(given);
    if (world === null || call.method !== 'findOurs' || call.cursor === null) return null;
    given.world = null;
    world.clock.advance(2 * MINUTE);
    between(world);
    return null;
  };
  const world = new World({}, { fault });
  await world.hear(firing('A'));
  for (let index = 0; index < 110; index += 1) await world.hear(firing('x', { name: `Other${index}` }));
  given.world = world;
  return world;
}

function takeFirst(given: { first: Fault | null }): Fault | null {
  const { first } = given;
  given.first = null;
  return first;
}

function ticketsOf(world: World, host: string): readonly (string | null)[] {
  const tickets = world.backend.tickets().filter(({ subject }) => subject.includes(`instance:${host}`));
  return tickets.map(({ parentId, status }) => `${status} under ${parentId}`);
}

function resolvesRoot({ backend }: World): void {
  backend.personResolves('1');
}

describe('a ticket whose page was read a while before it is adopted', () => {
  it('is looked at again before a child is hung under it', async () => {
    const world = await ofTwoPages(resolvesRoot);
    world.emptyStore();

    await world.hear(firing('A'), firing('D', { startsAt: 5 }));
    await world.hear(resolved('A', { endsAt: 9 }));
    await world.pass(HOUR);

    expect(ticketsOf(world, 'D')).toEqual(['open under null']);
  });

  it('is so, too, where the store knows it under another address', async () => {
    const world = await ofTwoPages(resolvesRoot);
    world.moveBackend('elsewhere');

    await world.settle();
    await world.hear(firing('D', { startsAt: 5 }));

    expect(ticketsOf(world, 'D')).toEqual(['open under null']);
  });

  it('is so, too, where the answer to its create was lost', async () => {
    const world = await ofTwoPages(resolvesRoot, { kind: 'answer-lost', effect: 'unknown-pending' });
    world.moveBackend('elsewhere');

    await world.settle();
    await world.hear(firing('D', { startsAt: 5 }));

    expect(ticketsOf(world, 'D')).toEqual(['open under null']);
  });
});

describe('adopted tickets about which there is nothing to do', () => {
  it('are not read one by one, however many there are', async () => {
    const world = new SweptWorld();
    await world.hear(...Array.from({ length: 150 }, (_, index) => firing('x', { name: `Other${index}` })));
    world.emptyStore();
    world.calls.length = 0;

    await world.settle();
    await world.pass(HOUR);

    expect([world.count('findOurs'), world.count('fetchMany')]).toEqual([2, 0]);
  });
});

describe('two open tickets of one key', () => {
  it('are adopted as the one that has the children, though the other is older', async () => {
    const world = new SweptWorld();
    await world.hear(firing('Z', { name: 'Other' }));
    await world.hear(firing('A'), firing('B'));
    // What stands in for a create that began first and was committed last.
    world.backend.personEdits('1', world.backend.tickets()[1]?.description ?? '');
    world.emptyStore();

    await world.hear(firing('A'), firing('B'));
    await world.hear(resolved('A', { endsAt: 5 }), resolved('B', { endsAt: 5 }));
    await world.passSweeping(60);

    expect(states(world)).toEqual(['1 open', '2 closed', '3 closed']);
  });

  it('are adopted as the older one where neither has children, or both', async () => {
    for (const hosts of [['A'], ['A', 'B']]) {
      const world = new SweptWorld();
      await world.hear(...hosts.map((host) => firing(host)));
      const copy = world.backend.personCopies('1');
      if (hosts.length > 1) world.backend.personOpens({ ...copyOfSecond(world), parentId: copy });
      world.emptyStore();

      await world.hear(...hosts.map((host) => firing(host)));
      await world.hear(...hosts.map((host) => resolved(host, { endsAt: 5 })));
      await world.passSweeping(10);

      const ours = world.backend.tickets().filter(({ id }) => Number(id) < Number(copy));
      expect(ours.map(({ status }) => status)).toEqual(hosts.map(() => 'closed'));
    }
  });
});

/** What a person copies together with its root. */
function copyOfSecond(world: World) {
  const [, second] = world.backend.tickets();
  return { subject: second?.subject ?? '', description: second?.description ?? '' };
}

describe('a found ticket whose alert has another one that the store knows', () => {
  it('is closed as superfluous, though it is the newer one', async () => {
    const world = new World();
    await world.hear(firing('A'));
    const { subject, description } = world.backend.tickets()[0] ?? { subject: '', description: '' };
    const ofAnotherStore = description.replace(/alertree \w{32}/, `alertree ${'e'.repeat(32)}`);
    world.backend.personOpens({ subject, description: ofAnotherStore, parentId: null });

    await world.adopt();
    await world.settle();

    expect(states(world)).toEqual(['1 open', '2 closed']);
  });
});

describe('thousands of tickets that do not stand open under the ids that the store knows', () => {
  it('are asked about in parts, for a call that takes too long is given up', async () => {
    const asked: number[] = [];
    const fault = (call: BackendCall): null => {
      if (call.method === 'fetchMany') asked.push(call.ids.length);
      return null;
    };
    const world = new World({ maxChildren: 2_000 }, { fault });
    await world.hear(...Array.from({ length: 1_051 }, (_, index) => firing(`host${index}`)));
    for (const { id } of world.backend.tickets().slice(1)) {
      world.backend.personCopies(id);
      world.backend.personCloses(id);
    }
    world.moveBackend('elsewhere');

    await world.adopt();

    expect(asked).toEqual([500, 500, 50]);
    const keys = world.backend.tickets().flatMap(({ keyLine }) => keyLine?.key ?? []);
    const [group] = await world.store.transaction(({ groups }) => groups.forTickets(keys));
    const settled = (group?.tickets ?? []).filter(({ seen, personal }) => seen === 'closed' && personal);
    expect(settled.map(({ reference }) => Number(reference))).toEqual(
      Array.from({ length: 1_050 }, (_, index) => index + 2),
    );
  });
});
