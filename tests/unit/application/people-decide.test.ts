import { firing, HOUR, MINUTE, resolved } from '../../support/builders/alerts.js';
import { SweptWorld } from '../../support/world/swept-world.js';
import { World } from '../../support/world/world.js';

const statuses = (world: World) => world.backend.tickets().map((ticket) => ticket.status);
const notes = (world: World, id: string) =>
  world.backend
    .tickets()
    .find((ticket) => ticket.id === id)
    ?.notes.join('\n') ?? '';

/** Root 1 with children 2 and 3, looked at long ago. */
async function tree(): Promise<World> {
  const world = new World();
  await world.hear(firing('A'), firing('B'), firing('C'));
  await world.pass(MINUTE);
  return world;
}

describe('people decide', () => {
  it('ends the group when a person resolves its root: members closed with a note, the next episode a new root', async () => {
    const world = await tree();
    world.backend.personResolves('1');

    await world.hear(firing('D', { startsAt: 1 }));

    expect(statuses(world)).toEqual(['closed', 'closed', 'closed', 'open']);
    expect(notes(world, '2')).toContain('a person ended this group');
    const next = world.backend.tickets()[3];
    expect(next?.parentId).toBeNull();
    expect(next?.description).toContain('#1');
  });

  it('keeps quiet about members that still fire when a person ended their group, and writes nothing at their end', async () => {
    const world = await tree();
    world.backend.personResolves('1');
    await world.hear(firing('D', { startsAt: 1 }));
    const writes = world.backend.writes.length;

    await world.hear(firing('A'), firing('B'), firing('C'));
    await world.hear(resolved('A', { endsAt: 5 }), resolved('B', { endsAt: 5 }));

    expect(world.backend.writes).toHaveLength(writes);
  });

  it('opens anew for a settled alert that starts again', async () => {
    const world = await tree();
    world.backend.personResolves('1');
    await world.hear(firing('D', { startsAt: 1 }));

    await world.hear(firing('B', { startsAt: 2 }));

    expect(world.backend.tickets()).toHaveLength(5);
    expect(world.backend.tickets()[4]).toMatchObject({ parentId: '4', status: 'open' });
  });

  it('takes a startsAt that was not sent as a new start of a settled alert', async () => {
    const world = await tree();
    world.backend.personResolves('1');
    await world.hear(firing('D', { startsAt: 1 }));

    await world.hear(firing('B', { startsAt: null }));

    expect(world.backend.tickets()).toHaveLength(5);
  });

  it('settles an alert whose ticket a person closed: one note, no reopening, the root waits for it no longer', async () => {
    const world = new World({ closeAfterMs: 30 * MINUTE });
    await world.hear(firing('A'), firing('B'));
    await world.hear(resolved('A'), resolved('B'));
    await world.hear(firing('B', { startsAt: 2 }));
    world.backend.personCloses('2');
    // The next look is the gathered note that B fired again.
    world.restart();
    await world.pass(HOUR);
    await world.hear(firing('B', { startsAt: 2 }));

    expect(statuses(world)).toEqual(['closed', 'closed']);
    expect(notes(world, '2').match(/A person closed this ticket/g)).toHaveLength(1);
  });

  it('never closes again what a person reopened', async () => {
    const world = await tree();
    await world.hear(resolved('B'));
    expect(statuses(world)).toEqual(['open', 'closed', 'open']);

    world.backend.personReopens('2');
    world.restart();
    await world.hear(resolved('C'), resolved('A'));
    await world.pass(HOUR);

    expect(statuses(world)).toEqual(['open', 'open', 'closed']);
  });

  it('settles what was deleted, and ends the group with its root', async () => {
    const world = await tree();
    world.backend.personDeletes('1');

    await world.hear(firing('D', { startsAt: 1 }), firing('B'));

    expect(world.backend.tickets()).toHaveLength(1);
    expect(world.backend.tickets()[0]).toMatchObject({ parentId: null, status: 'open' });
  });

  it('never writes to a ticket that lost its key line', async () => {
    const world = await tree();
    world.backend.personStripsKeyLine('2');
    const writes = world.backend.writes.length;
    world.restart();

    await world.hear(resolved('B'));
    await world.hear(resolved('C'));

    expect(world.backend.writes.slice(writes).map((write) => write.id)).toEqual(['3']);
    expect(statuses(world)).toEqual(['open', 'open', 'closed']);
  });

  it('leaves a root open for a subtask of a person, tries once, and closes it when that is gone', async () => {
    const world = await tree();
    const subtask = world.backend.personAddsSubtask('1');
    await world.hear(resolved('A'), resolved('B'), resolved('C'));
    await world.pass(3 * HOUR);
    expect(statuses(world).slice(0, 3)).toEqual(['open', 'closed', 'closed']);
    expect(notes(world, '1').match(/Resolved: nothing/g)).toHaveLength(1);
    expect(world.backend.writes.filter((write) => write.id === '1' && write.kind === 'update')).toHaveLength(
      1,
    );

    world.backend.personCloses(subtask ?? '');
    await world.pass(HOUR);

    expect(statuses(world)).toEqual(['closed', 'closed', 'closed', 'closed']);
    expect(notes(world, '1').match(/Resolved: nothing/g)).toHaveLength(1);
  });

  it('opens a new root where the workflow does not let the old one be reopened', async () => {
    const world = new World(
      {},
      {
        fault: (call) =>
          call.method === 'update' && call.change.status === 'open' ? { kind: 'status-refused' } : null,
      },
    );
    await world.hear(firing('A'));
    await world.hear(resolved('A'));

    await world.hear(firing('A', { startsAt: 10 }), firing('B', { startsAt: 10 }));
    await world.pass(HOUR);

    expect(world.backend.tickets().map(({ parentId, status }) => [parentId, status])).toEqual([
      [null, 'closed'],
      [null, 'open'],
      ['2', 'open'],
    ]);
  });

  it('begins the next group with what waits for a ticket when a person ends the group', async () => {
    const world = new World({ maxChildren: 1 });
    await world.hear(firing('A'), firing('B'), firing('folded'));
    await world.pass(MINUTE);
    world.backend.personCloses('2');
    world.backend.personResolves('1');
    world.restart();

    await world.hear(resolved('B', { endsAt: 1 }), firing('E', { startsAt: 1 }));
    await world.hear(resolved('A', { endsAt: 2 }));
    await world.pass(HOUR);

    const open = world.backend.tickets().filter((ticket) => ticket.status === 'open');
    expect(open.map((ticket) => ticket.subject.replace(/.*instance:(\w+).*/, '$1')).toSorted()).toEqual([
      'E',
      'folded',
    ]);
  });

  it('leaves a root alone that a person closed before it was known that our reopening had come through', async () => {
    let reopenings = 0;
    const world = new World(
      {},
      {
        fault: (call) => {
          const isReopening = call.method === 'update' && call.change.status === 'open';
          reopenings += Number(isReopening);
          return isReopening && reopenings === 1 ? { kind: 'answer-lost', effect: 'unknown-pending' } : null;
        },
      },
    );
    await world.hear(firing('A'));
    await world.hear(resolved('A', { endsAt: 5 }));
    await world.hear(firing('B', { startsAt: 6 }));
    world.backend.personCloses('1');

    await world.pass(10 * MINUTE);

    expect(reopenings).toBe(1);
    expect(statuses(world)).toEqual(['closed', 'open']);
    expect(world.backend.tickets()[1]).toMatchObject({ parentId: null });
  });

  it('leaves a ticket alone that a person reopened before it was known that our close had come through', async () => {
    const world = new SweptWorld();
    await world.hear(firing('A'), firing('B'));
    world.faults.set('update', [{ kind: 'answer-lost', effect: 'unknown-pending' }]);
    await world.post(resolved('B'));
    await world.deliverDue();
    expect(statuses(world)).toEqual(['open', 'closed']);
    world.backend.personReopens('2');

    await world.pass(10 * MINUTE);

    expect(statuses(world)).toEqual(['open', 'open']);
    expect(world.events().at(-1)).toBe('person-decided');
    expect(world.backend.tickets()[1]?.notes).toHaveLength(1);
  });
});
