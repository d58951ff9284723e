import { TicketBackendError } from '../../../src/application/ports/ticket-backend-error.js';
import { firing, HOUR, MINUTE, resolved } from '../../support/builders/alerts.js';
import type { Fault } from '../../support/in-memory-ticket-backend/fault.js';
import { InMemoryTicketBackend } from '../../support/in-memory-ticket-backend/in-memory-ticket-backend.js';
import { World } from '../../support/world/world.js';

const DOWN: Fault = {
  kind: 'error',
  error: new TicketBackendError('Wrong.', { reason: 'unavailable', retryable: true, effect: 'none' }),
};

/** A world whose first backend fails as told, and the other backend that it is to use. */
function worldOfTwo(): { world: World; other: InMemoryTicketBackend; given: { fault: Fault | null } } {
  const given: { fault: Fault | null } = { fault: null };
  const world = new World({}, { fault: ({ method }) => (method === 'open' ? given.fault : null) });
  return { world, other: new InMemoryTicketBackend({ instance: 'the other' }), given };
}

function killed(): never {
  throw new Error('killed');
}

/** The tree with hosts for titles: `A [open]`, `- B [closed]`. */
function hosts(world: World): readonly string[] {
  return world.tree().map((line) => line.replace(/.*?(- )?\[Alert\].*instance:(\w+).*(\[.*\])/, '$1$2 $3'));
}

describe('what was never sent when tickets come to be kept in another backend', () => {
  it('gets its tickets there, though nothing repeats it', async () => {
    const { world, other, given } = worldOfTwo();
    given.fault = DOWN;
    await world.hear(firing('A'), firing('B'));

    world.useBackend(other);
    await world.settle();

    expect(hosts(world)).toEqual(['A [open]', '- B [open]']);
  });

  it('is told of there by a root of its own, where it is over', async () => {
    const { world, other } = worldOfTwo();
    await world.post(firing('A'), firing('B'));
    await world.post(resolved('A'));

    world.useBackend(other);
    await world.post(resolved('B'));
    await world.settle();

    expect(hosts(world)).toEqual(['A [closed]']);
    expect(other.tickets()[0]?.notes.join('\n')).toMatch(/instance:A[^]*instance:B/);
  });

  it('gets its ticket there, though its root has one in the first backend', async () => {
    const { world, other, given } = worldOfTwo();
    await world.hear(firing('A'));
    given.fault = DOWN;
    await world.hear(firing('B', { startsAt: 1 }), firing('C', { startsAt: 2 }));
    await world.hear(resolved('C', { startsAt: 2, endsAt: 3 }));

    world.useBackend(other);
    await world.settle();
    expect(hosts(world)).toEqual(['A [open]', '- B [open]']);

    await world.hear(resolved('A', { endsAt: 9 }), resolved('B', { startsAt: 1, endsAt: 9 }));
    await world.pass(HOUR);
    expect(hosts(world)).toEqual(['A [closed]', '- B [closed]']);
    expect(other.tickets()[0]?.notes.join('\n')).toContain('instance:C');
  });

  it('waits to be heard where its create was sent and nobody knows what came of it', async () => {
    const { world, other, given } = worldOfTwo();
    given.fault = { kind: 'answer-lost', effect: 'unknown-pending' };
    await world.post(firing('A'));
    await world.deliverDue();

    world.useBackend(other);
    await world.pass(HOUR);
    expect(hosts(world)).toEqual([]);

    await world.hear(firing('A'));
    expect(hosts(world)).toEqual(['A [open]']);
  });

  it('knows the end of what waits so', async () => {
    const { world, other, given } = worldOfTwo();
    given.fault = { kind: 'answer-lost', effect: 'unknown-pending' };
    await world.post(firing('A'));
    await world.deliverDue();
    world.useBackend(other);
    await world.settle();

    expect(await world.hear(resolved('A'))).toMatchObject([{ kind: 'ended' }]);
  });

  it('gets its tickets in the first backend, when the address of the other turns out to be wrong', async () => {
    const { world, given } = worldOfTwo();
    const first = world.backend;
    await world.hear(firing('A'));
    given.fault = DOWN;
    world.useBackend(new InMemoryTicketBackend({ instance: 'wrong', fault: () => DOWN }));
    for (const name of ['Other', 'Third']) await world.hear(firing('X', { name }), firing('Y', { name }));
    await world.hear(firing('A'));
    expect(world.backend.tickets()).toEqual([]);
    given.fault = null;

    world.useBackend(first);
    await world.post(firing('Y', { name: 'Third' }));
    await world.settle();

    expect(hosts(world)).toEqual(['A [open]', 'X [open]', '- Y [open]', 'X [open]', '- Y [open]']);
  });
});

describe('what has tickets when they come to be kept in another backend', () => {
  it('begins anew there at once as far as it fires, and names no ticket of the first', async () => {
    const { world, other } = worldOfTwo();
    await world.hear(firing('A'), firing('B'), firing('over'));
    await world.hear(resolved('over'));

    world.useBackend(other);
    await world.settle();
    await world.hear(firing('A'), firing('B'), firing('C', { startsAt: 1 }));

    expect(hosts(world)).toEqual(['A [open]', '- B [open]', '- C [open]']);
    expect(other.tickets()[0]?.description).not.toContain('The tree before');
  });

  it('does so before it is known that none is there, when it is heard', async () => {
    const { world, other } = worldOfTwo();
    await world.hear(firing('A'), firing('B'));

    world.useBackend(other);
    await world.post(firing('A'), firing('C', { startsAt: 1 }), resolved('B'));
    await world.settle();

    expect(hosts(world)).toEqual(['A [open]', '- C [open]']);
  });

  it('keeps its ticket when tickets come back to the first backend', async () => {
    const { world, other } = worldOfTwo();
    const first = world.backend;
    await world.hear(firing('A'), firing('B'));
    await world.pass(49 * HOUR);
    await world.hear(firing('C', { startsAt: 49 * 60 }));
    world.useBackend(other);
    await world.settle();
    expect(hosts(world)).toHaveLength(3);
    other.personCloses(other.tickets()[1]?.id ?? '');
    await world.hear(resolved('C', { startsAt: 49 * 60, endsAt: 50 * 60 }));

    world.useBackend(first);
    await world.settle();
    await world.hear(firing('A'), firing('B'));

    expect(hosts(world)).toEqual(['A [open]', '- B [open]', 'C [closed]']);
  });

  it('keeps its ticket when they come back, and nobody has heard of it since an emptied store found it', async () => {
    const { world, other } = worldOfTwo();
    const first = world.backend;
    await world.hear(firing('A'), firing('B'));
    world.emptyStore();
    await world.hear(firing('B'));
    world.useBackend(other);
    await world.settle();
    expect(hosts(world)).toEqual(['B [open]']);

    world.useBackend(first);
    await world.settle();

    expect(hosts(world)).toEqual(['A [open]', '- B [open]']);
  });

  it('keeps its ticket when they come back before the other backend was looked through', async () => {
    const { world } = worldOfTwo();
    const { instance } = world.backend;
    await world.hear(firing('A'), firing('B'));
    const { store } = world;
    const transaction = store.transaction.bind(store);
    Object.assign(store, {
      transaction: async (work: Parameters<typeof transaction>[0]) =>
        transaction(async (repositories) => {
          const groups = Object.assign(Object.create(repositories.groups), { elsewhere: killed });
          return work({ ...repositories, groups });
        }),
    });
    world.moveBackend('elsewhere');
    await expect(world.settle()).rejects.toThrow('killed');
    Object.assign(store, { transaction });
    expect(await transaction(({ adoptions }) => adoptions.isDone(instance))).toBe(false);

    world.moveBackend(instance);
    await world.settle();
    await world.pass(MINUTE);

    expect(hosts(world)).toEqual(['A [open]', '- B [open]']);
  });
});
