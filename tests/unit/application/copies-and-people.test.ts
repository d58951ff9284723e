import { firing, MINUTE, resolved } from '../../support/builders/alerts.js';
import { aLateCopy, LATE, open, SweptWorld } from '../../support/world/swept-world.js';

const states = (world: SweptWorld): readonly string[] =>
  world.backend.tickets().map(({ id, status }) => `${id} ${status}`);

describe('a late copy of a ticket that a person closes or deletes', () => {
  it('becomes the ticket of an alert that fires: a root', async () => {
    const world = await aLateCopy('is A');
    world.backend.personCloses('1');

    await world.passSweeping(5);
    await world.hear(firing('B', { startsAt: 9 }));

    expect(world.backend.tickets().map(({ id, status, parentId }) => [id, status, parentId])).toEqual([
      ['1', 'closed', null],
      ['2', 'open', null],
      ['3', 'open', '2'],
    ]);
    await world.hear(resolved('A', { endsAt: 10 }), resolved('B', { endsAt: 10 }));
    expect(open(world)).toEqual([]);
    expect(world.backend.tickets()[0]?.notes).toEqual([]);
    expect(world.events().filter((kind) => kind === 'person-decided')).toHaveLength(1);
  });

  it('becomes it when the other one was deleted', async () => {
    const world = await aLateCopy('is A');
    world.backend.personDeletes('1');

    await world.passSweeping(5);

    expect(states(world)).toEqual(['2 open']);
    await world.hear(resolved('A', { endsAt: 10 }));
    expect(states(world)).toEqual(['2 closed']);
  });

  it('becomes it where the other one lost its key line to a person', async () => {
    const world = await aLateCopy('is A');
    world.backend.personStripsKeyLine('1');

    await world.passSweeping(5);

    expect(open(world)).toEqual(['1', '2']);
    await world.hear(resolved('A', { endsAt: 10 }));
    expect(open(world)).toEqual(['1']);
  });

  it('becomes it below a root', async () => {
    const world = await aLateCopy('is another');
    world.backend.personCloses('2');

    await world.passSweeping(5);

    expect(states(world)).toEqual(['1 open', '2 closed', '3 open']);
    await world.hear(resolved('A', { endsAt: 10 }), resolved('R', { endsAt: 10 }));
    expect(open(world)).toEqual([]);
  });

  it('becomes it also where the decision was known before, which settled the alert', async () => {
    const world = new SweptWorld();
    await world.hear(firing('R'));
    world.faults.set('open', [LATE, { kind: 'answer-lost', effect: 'unknown-pending' }]);
    await world.hear(firing('A'));
    await world.pass(130_000);
    world.backend.commitTooLate();
    world.backend.personCloses('2');

    for (let minute = 0; minute < 5; minute += 1) await world.pass(MINUTE);

    expect(states(world)).toEqual(['1 open', '2 closed', '3 open']);
    await world.hear(resolved('A', { endsAt: 10 }));
    expect(states(world)).toEqual(['1 open', '2 closed', '3 closed']);
    expect(world.backend.tickets()[1]?.notes).toEqual([]);
  });

  it('is closed when the alert is over: nobody needs either', async () => {
    const world = await aLateCopy('is another');
    world.backend.personCloses('2');
    await world.hear(resolved('A', { endsAt: 6 }));

    await world.passSweeping(5);

    expect(states(world)).toEqual(['1 open', '2 closed', '3 closed']);
    expect(world.events()).toContain('duplicate-folded');
  });

  it('is left where a person touched it, and what they decided of the other one is known', async () => {
    const world = await aLateCopy('is A');
    world.backend.personNotes('2', 'I am on it.');
    world.backend.personCloses('1');

    await world.passSweeping(5);

    expect(states(world)).toEqual(['1 closed', '2 open']);
    expect(world.events()).toEqual(expect.arrayContaining(['duplicate-left', 'person-decided']));
  });
});
