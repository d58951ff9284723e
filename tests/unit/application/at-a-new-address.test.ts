import { firing, HOUR, MINUTE, resolved } from '../../support/builders/alerts.js';
import type { Fault } from '../../support/in-memory-ticket-backend/fault.js';
import { World } from '../../support/world/world.js';

function statuses(world: World): readonly string[] {
  return world.backend.tickets().map(({ id, status }) => `${id} ${status}`);
}

describe('what is heard of a backend whose address changed before its tickets were found', () => {
  it('writes nothing for a repeat of an alert whose group takes no more members', async () => {
    const world = new World();
    await world.hear(firing('A'), firing('B'));
    await world.pass(49 * HOUR);
    await world.hear(firing('C', { startsAt: 49 * 60 }));
    const writes = world.backend.writes.length;

    world.moveBackend('elsewhere');
    await world.post(firing('B'));
    await world.settle();

    expect(statuses(world)).toEqual(['1 open', '2 open', '3 open']);
    expect(world.backend.writes).toHaveLength(writes);
  });

  it('writes nothing for a repeat of an alert that was adopted when another of its key took members', async () => {
    const world = new World();
    await world.hear(firing('A'), firing('B'));
    world.emptyStore();
    await world.settle();
    await world.hear(firing('C', { startsAt: 3 }));
    await world.hear(firing('B'));
    const before = statuses(world);

    world.moveBackend('elsewhere');
    await world.post(firing('B'));
    await world.settle();

    expect(statuses(world)).toEqual(before);
  });

  it('stays quiet about an alert whose ticket a person closed', async () => {
    const world = new World();
    await world.hear(firing('A'), firing('B'));
    world.backend.personCloses('2');
    await world.pass(HOUR);
    await world.sweep();

    world.moveBackend('elsewhere');
    await world.post(firing('B'));
    await world.settle();

    expect(statuses(world)).toEqual(['1 open', '2 closed']);
  });

  it('lets a newcomer join the group of its key', async () => {
    const world = new World();
    await world.hear(firing('A'));

    world.moveBackend('elsewhere');
    await world.hear(firing('B', { startsAt: 1 }));

    expect(world.backend.tickets().map(({ parentId }) => parentId)).toEqual([null, '1']);
  });

  it('finds a ticket there whose create was given up for lost, and hangs others under it', async () => {
    const faults: Fault[] = [{ kind: 'too-late' }];
    const fault = ({ method }: { method: string }): Fault | null =>
      method === 'open' ? (faults.shift() ?? null) : null;
    const world = new World({}, { fault });
    await world.post(firing('A'));
    await world.deliverDue();
    world.clock.advance(2 * MINUTE);
    await world.deliverDue();
    world.backend.commitTooLate();

    world.moveBackend('elsewhere');
    await world.hear(firing('B', { startsAt: 1 }));

    expect(world.backend.tickets().map(({ parentId }) => parentId)).toEqual([null, '1']);
  });

  it('tells an end with its times', async () => {
    const world = new World();
    await world.hear(firing('A'), firing('B'));

    world.moveBackend('elsewhere');
    await world.hear(resolved('B', { endsAt: 5 }));

    expect(statuses(world)).toEqual(['1 open', '2 closed']);
    expect(world.backend.tickets()[1]?.notes.join('\n')).toContain('Lasted: 5m');
  });
});

describe('tickets that stand at the new address as they did a while ago', () => {
  it('are closed again, for no person has opened them', async () => {
    const world = new World();
    await world.hear(firing('A'), firing('B'), firing('C'));
    await world.hear(resolved('B'));
    await world.post(resolved('C'));
    await world.deliverDue();
    expect(statuses(world)).toEqual(['1 open', '2 closed', '3 closed']);
    world.backend.personReopens('2');
    world.backend.personReopens('3');

    world.moveBackend('elsewhere');
    await world.settle();

    expect(statuses(world)).toEqual(['1 open', '2 closed', '3 closed']);
  });

  it('stay open where a person had opened them', async () => {
    const world = new World();
    await world.hear(firing('A'), firing('B'));
    await world.hear(resolved('B'));
    world.backend.personReopens('2');
    // Whatever looks at the ticket sees that.
    await world.adopt();

    world.moveBackend('elsewhere');
    await world.pass(HOUR);

    expect(statuses(world)).toEqual(['1 open', '2 open']);
  });

  it('are a person’s again who opens them after that', async () => {
    const world = new World();
    await world.hear(firing('A'), firing('B'));
    await world.hear(resolved('B'));
    world.moveBackend('elsewhere');
    await world.settle();

    world.backend.personReopens('2');
    await world.adopt();
    await world.pass(HOUR);

    expect(statuses(world)).toEqual(['1 open', '2 open']);
  });
});
