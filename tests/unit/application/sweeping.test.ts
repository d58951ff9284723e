import { TicketBackendError } from '../../../src/application/ports/ticket-backend-error.js';
import { firing, MINUTE, resolved } from '../../support/builders/alerts.js';
import type { Fault } from '../../support/in-memory-ticket-backend/fault.js';
import { aLateCopy, DOWN, LATE, open, SweptWorld } from '../../support/world/swept-world.js';

describe('a sweep', () => {
  it('has a copy that came too late folded into the first within five minutes', async () => {
    const world = await aLateCopy();
    expect(open(world)).toEqual(['1', '2']);

    await world.passSweeping(5);

    expect(open(world)).toEqual(['1']);
    expect(world.backend.tickets()[1]?.description).toMatch(/\nduplicate of 1$/);
    expect(world.events()).toContain('duplicate-folded');
  });

  it('leaves a copy that a person made, and asks about it once', async () => {
    const world = new SweptWorld();
    await world.hear(firing('A'));
    const copy = world.backend.personCopies('1');

    await world.passSweeping(70);

    expect(open(world)).toEqual(['1', copy]);
    expect(world.count('isUntouched')).toBe(1);
    expect(world.count('markDuplicate')).toBe(0);
    expect(world.events().filter((kind) => kind === 'duplicate-left')).toHaveLength(1);
  });

  it('leaves a late copy that a person has touched', async () => {
    const world = await aLateCopy();
    world.backend.personResolves('2');

    await world.passSweeping(5);

    expect(open(world)).toEqual(['1', '2']);
    expect(world.events()).toContain('duplicate-left');
  });

  it('has nothing done about a copy that is closed before its turn comes', async () => {
    const world = await aLateCopy();
    world.faults.set(
      'isUntouched',
      Array.from({ length: 50 }, () => DOWN),
    );
    await world.passSweeping(4);
    world.backend.personCloses('2');
    world.faults.clear();

    await world.passSweeping(10);

    expect(world.count('markDuplicate')).toBe(0);
    expect(world.events()).not.toContain('duplicate-folded');
  });

  it.each<Fault>([
    { kind: 'answer-lost', effect: 'unknown-pending' },
    { kind: 'answer-lost', effect: 'unknown-finished' },
    { kind: 'call-lost' },
    DOWN,
  ])('counts one fold once when its answer is: %o', async (fault) => {
    const world = await aLateCopy();
    world.faults.set('markDuplicate', [fault]);

    await world.passSweeping(15);

    expect(open(world)).toEqual(['1']);
    expect(world.events().filter((kind) => kind === 'duplicate-folded')).toHaveLength(1);
    expect(world.events()).not.toContain('duplicate-left');
  });

  it('counts a fold whose answer was lost, also when the first look after it failed', async () => {
    const world = await aLateCopy();
    world.faults.set('markDuplicate', [{ kind: 'answer-lost', effect: 'unknown-pending' }]);
    world.faults.set('fetchMany', [null, DOWN]);

    await world.passSweeping(20);

    expect(open(world)).toEqual(['1']);
    expect(world.events().filter((kind) => kind === 'duplicate-folded')).toHaveLength(1);
  });

  it('lets the rest of the group go on while a copy cannot be folded', async () => {
    const world = await aLateCopy();
    const error = new TicketBackendError('No.', { reason: 'rejected', retryable: false, effect: 'none' });
    world.faults.set(
      'markDuplicate',
      Array.from({ length: 9 }, () => ({ kind: 'error' as const, error })),
    );
    await world.passSweeping(5);

    await world.hear(firing('B', { startsAt: 11 }));
    await world.hear(resolved('A', { endsAt: 12 }), resolved('B', { endsAt: 12 }));

    expect(open(world)).toEqual(['2']);
    await world.passSweeping(60);
    expect(world.count('markDuplicate')).toBe(5);
    expect(world.events()).toContain('duplicate-left');
  });

  it('counts a copy as folded once it is closed, and tries again rarely where it cannot be', async () => {
    const world = await aLateCopy();
    const refused = Array.from({ length: 6 }, (): Fault => ({ kind: 'status-refused' }));
    world.faults.set('markDuplicate', refused);

    await world.passSweeping(60);

    expect(open(world)).toEqual(['1', '2']);
    expect(world.events()).not.toContain('duplicate-folded');
    expect(world.backend.tickets()[1]?.keyLine).toEqual(world.backend.tickets()[0]?.keyLine);
    expect(world.count('markDuplicate')).toBe(5);
    expect(world.events().filter((kind) => kind === 'duplicate-left')).toHaveLength(1);
    await world.passSweeping(120);
    expect(open(world)).toEqual(['1']);
    expect(world.count('markDuplicate')).toBe(7);
    expect(world.events().filter((kind) => kind === 'duplicate-left')).toHaveLength(1);
  });

  it('knows a ticket again that came after its create was given up, and makes no other', async () => {
    const world = new SweptWorld();
    await world.sweep();
    world.faults.set('open', [LATE, DOWN, DOWN, DOWN, DOWN, DOWN, DOWN, DOWN, DOWN, DOWN, DOWN]);
    await world.hear(firing('A'));
    await world.passSweeping(3);
    world.backend.commitTooLate();

    await world.passSweeping(30);
    world.faults.clear();
    await world.hear(firing('B', { startsAt: 33 }));

    expect(world.events()).toContain('came-late');
    expect(world.backend.tickets().map(({ id, parentId }) => [id, parentId])).toEqual([
      ['1', null],
      ['2', '1'],
    ]);
  });

  it('closes a ticket that came when its alert was over and its create given up, and says why', async () => {
    const world = new SweptWorld();
    await world.hear(firing('A'));
    await world.sweep();
    world.faults.set('open', [LATE, ...Array.from({ length: 3 }, () => DOWN)]);
    await world.hear(firing('B'));
    await world.pass(119_000);
    await world.hear(resolved('B', { endsAt: 2 }));
    await world.pass(2 * MINUTE);
    world.backend.commitTooLate();
    expect(open(world)).toEqual(['1', '2']);

    await world.passSweeping(5);

    expect(open(world)).toEqual(['1']);
    expect(world.backend.tickets()[1]?.notes).toEqual([
      expect.stringMatching(/^Closed: it was created late, when its alert was over/),
    ]);
    expect(world.events()).toContain('came-late');
  });

  it('leaves what is under an unanswered create to the question that is due', async () => {
    const world = new SweptWorld();
    world.faults.set('open', [{ kind: 'answer-lost', effect: 'unknown-pending' }]);
    await world.hear(firing('A'));
    await world.sweep();
    expect(world.events()).not.toContain('ticket-opened');

    await world.passSweeping(5);

    expect(open(world)).toEqual(['1']);
    expect(world.events().filter((kind) => kind === 'ticket-opened')).toHaveLength(1);
    expect(world.events()).not.toContain('came-late');
  });

  it('leaves tickets alone whose keys it does not know', async () => {
    const world = new SweptWorld();
    const key = 'f'.repeat(32);
    const description = `alertree ${key} -`;
    world.backend.personOpens({ subject: 'Of another Alertree', description, parentId: null });

    await world.passSweeping(5);

    expect(world.backend.writes).toEqual([]);
  });

  it('waits for a backend that does not answer, and says so once', async () => {
    const world = new SweptWorld();
    world.faults.set('findOurs', [DOWN, DOWN]);

    expect(await world.sweep()).toBe(MINUTE);
    await world.pass(MINUTE);
    await world.sweep();

    expect(world.logger.lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
  });
});

describe('what an unanswered create left twice', () => {
  it('is found by its key as one ticket and its copy, which is folded', async () => {
    const world = new SweptWorld();
    world.faults.set('open', [LATE, { kind: 'answer-lost', effect: 'unknown-pending' }]);
    await world.hear(firing('A'));
    await world.pass(3 * MINUTE);
    await world.pass(MINUTE);
    world.backend.commitTooLate();

    await world.pass(3 * MINUTE);

    expect(open(world)).toEqual(['1']);
    expect(world.events()).toContain('duplicate-folded');
    expect(world.count('findOurs')).toBe(0);
  });

  it('is found by its key beside a copy that a person made, which is left', async () => {
    const world = new SweptWorld();
    world.faults.set('open', [{ kind: 'answer-lost', effect: 'unknown-pending' }]);
    await world.hear(firing('A'));
    const description = world.backend.tickets()[0]?.description ?? '';
    world.backend.personOpens({ subject: 'A copy', description, parentId: null });

    await world.pass(3 * MINUTE);

    expect(open(world)).toEqual(['1', '2']);
    expect(world.events()).toContain('duplicate-left');
  });
});
