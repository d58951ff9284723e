import { TicketBackendError } from '../../../src/application/ports/ticket-backend-error.js';
import { firing, HOUR, MINUTE, resolved } from '../../support/builders/alerts.js';
import type { BackendCall, Fault } from '../../support/in-memory-ticket-backend/fault.js';
import { World } from '../../support/world/world.js';

const lines = (world: World) =>
  world.backend.tickets().map((ticket) => `${ticket.id}<${ticket.parentId ?? '-'} ${ticket.status}`);
const notes = (world: World, id: string) =>
  world.backend
    .tickets()
    .find((ticket) => ticket.id === id)
    ?.notes.join('\n') ?? '';
const groups = async (world: World) => (await world.store.list(null, 1, 10)).groups;
const hosts = (count: number) =>
  Array.from({ length: count }, (_, index) => `h${String(index).padStart(3, '0')}`);

function error(
  reason: TicketBackendError['reason'],
  retryable: boolean,
  effect: TicketBackendError['effect'] = 'none',
): Fault {
  return { kind: 'error', error: new TicketBackendError(`It is ${reason}.`, { reason, retryable, effect }) };
}

async function hours(world: World, count: number): Promise<void> {
  for (let hour = 0; hour < count; hour += 1) await world.pass(HOUR);
}

/** A world in which the next update is lost on its way, once that is asked for. */
function losing(fault: Fault): { world: World; loseNext: () => void } {
  let lose = false;
  const decide = (call: BackendCall): Fault | null => {
    if (!lose || call.method !== 'update') return null;
    lose = false;
    return fault;
  };
  return { world: new World({}, { fault: decide }), loseNext: () => (lose = true) };
}

async function deliverAll(world: World): Promise<void> {
  while (await world.deliverDue());
}

describe('histories that were hard to get right', () => {
  it('opens a root for folded alerts that fire when all that had a place ended unsent', async () => {
    let down = true;
    const world = new World({}, { fault: () => (down ? error('unavailable', true) : null) });
    await world.hear(...hosts(60).map((host) => firing(host)));
    await world.hear(...hosts(51).map((host) => resolved(host)));
    down = false;
    await hours(world, 2);

    expect(lines(world)).toEqual(['1<- open']);
    expect(world.backend.tickets()[0]?.description).toContain('instance:h055');
  });

  it('ends every hold that is over, however many are at once', async () => {
    const world = new World({ maxChildren: 0, closeAfterMs: 10 * MINUTE });
    await world.hear(...hosts(250).map((host) => firing(host)));
    await world.hear(...hosts(250).map((host) => resolved(host)));
    await hours(world, 1);

    expect(lines(world)).toEqual(['1<- closed']);
  });

  it.each(['open', 'update'] as const)(
    'does not hammer a backend that fails every %s and does nothing',
    async (method) => {
      let calls = 0;
      const world = new World(
        {},
        {
          fault: (call) => {
            if (call.method !== method) return null;
            calls += 1;
            return error('unavailable', true, 'unknown-finished');
          },
        },
      );
      await world.hear(firing('A'));
      await world.hear(resolved('A'));
      await world.pass(1);
      expect(calls).toBeLessThan(5);

      await hours(world, 8);
      expect((await world.store.list('parked', 1, 10)).total).toBe(1);
    },
  );

  it('goes on with the others when one ticket cannot be asked about', async () => {
    let refuse = true;
    let down = false;
    const world = new World(
      {},
      {
        fault: (call) => {
          if (call.method === 'obstaclesTo' && down) return error('unavailable', true);
          if (call.method !== 'update' || !refuse) return null;
          refuse = false;
          down = true;
          return { kind: 'status-refused' };
        },
      },
    );
    await world.hear(firing('A'), firing('B'), firing('C'));
    await world.hear(resolved('B'));
    world.backend.personDeletes('2');
    down = false;
    await world.pass(HOUR);
    await world.hear(resolved('C'), firing('D', { startsAt: 60 }));
    await hours(world, 2);

    expect(lines(world)).toEqual(['1<- open', '3<1 closed', '4<1 open']);
  });

  it('does not take its own close for a person’s when the reopening that followed was lost', async () => {
    const { world, loseNext } = losing({ kind: 'call-lost' });
    await world.hear(firing('A'));
    await world.post(resolved('A'));
    await deliverAll(world);
    await world.post(firing('B', { startsAt: 2 }));
    loseNext();
    await deliverAll(world);
    await hours(world, 2);

    expect((await groups(world)).map((group) => group.head.endedBy)).toEqual([null]);
    expect(lines(world)).toEqual(['1<- open', '2<1 open']);
  });

  it('tells the end of the root’s alert also when the close was given up for a newcomer', async () => {
    const world = new World();
    await world.hear(firing('A'));
    await world.post(resolved('A'));
    await world.hear(firing('B', { startsAt: 2 }));
    await world.hear(resolved('B', { endsAt: 5 }));

    expect(notes(world, '1').match(/Ended: /g)).toHaveLength(1);
  });

  it('tells of folded alerts once', async () => {
    const world = new World({ maxChildren: 0 });
    await world.hear(firing('A'), firing('B'));
    await world.hear(firing('C', { startsAt: 1 }));
    await hours(world, 3);

    expect(notes(world, '1').match(/so far: 2/g)).toHaveLength(1);
    expect(notes(world, '1')).toContain('instance:C');
  });

  it('says nothing of a reopening when the close that a newcomer met failed', async () => {
    const { world, loseNext } = losing(error('unavailable', true));
    await world.hear(firing('A'));
    await world.post(resolved('A'));
    loseNext();
    await deliverAll(world);
    await world.hear(firing('B', { startsAt: 2 }));
    await hours(world, 1);

    expect(lines(world)).toEqual(['1<- open', '2<1 open']);
    expect(notes(world, '1')).not.toContain('Reopened');
  });

  it('shows what is refused for ever as parked, and nothing that is over', async () => {
    const world = new World(
      {},
      {
        fault: (call) =>
          call.method === 'open' && call.draft.parentId !== null ? error('parent-closed', false) : null,
      },
    );
    await world.hear(firing('A'), firing('B'));
    await hours(world, 12);
    expect((await world.store.list('parked', 1, 10)).total).toBe(1);

    await world.hear(resolved('A', { endsAt: 720 }), resolved('B', { endsAt: 720 }));
    await hours(world, 1);
    expect((await world.store.list('parked', 1, 10)).total).toBe(0);
  });

  it('asks nothing more of a root whose reopening was refused once all is over', async () => {
    let reads = 0;
    const world = new World(
      {},
      {
        fault: (call) => {
          if (call.method === 'fetchMany' || call.method === 'obstaclesTo') reads += 1;
          return call.method === 'update' && call.change.status === 'open'
            ? { kind: 'status-refused' }
            : null;
        },
      },
    );
    await world.hear(firing('A'));
    await world.hear(resolved('A'));
    await world.hear(firing('A', { startsAt: 10 }));
    await world.hear(resolved('A', { startsAt: 10, endsAt: 50 }));
    await hours(world, 2);
    reads = 0;
    await hours(world, 48);

    expect(reads).toBe(0);
    expect((await world.store.list('parked', 1, 10)).total).toBe(0);
  });

  it('closes the root after a person closed the child that a person had reopened', async () => {
    const world = new World();
    await world.hear(firing('A'), firing('B'));
    await world.hear(resolved('B'));
    world.backend.personReopens('2');
    world.restart();
    await world.hear(resolved('A'));
    await hours(world, 2);
    expect(lines(world)).toEqual(['1<- open', '2<1 open']);

    world.backend.personCloses('2');
    await hours(world, 3);
    expect(lines(world)).toEqual(['1<- closed', '2<1 closed']);
  });

  it('delivers what is due although the clock was set back', async () => {
    const world = new World();
    await world.post(firing('A'));
    world.clock.advance(-24 * HOUR);
    await world.settle();

    expect(lines(world)).toEqual(['1<- open']);
  });

  it('makes the oldest alert the root even when its first try met a conflict', async () => {
    let once = true;
    const world = new World(
      {},
      {
        fault: (call) => {
          if (call.method !== 'open' || !once) return null;
          once = false;
          return error('conflict', true);
        },
      },
    );
    await world.hear(firing('A'), firing('B'));
    await world.pass(MINUTE);

    expect(world.tree()[0]).toContain('instance:A');
  });
});
