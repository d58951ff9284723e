import { TicketBackendError } from '../../../src/application/ports/ticket-backend-error.js';
import { firing, MINUTE, resolved } from '../../support/builders/alerts.js';
import type { Fault } from '../../support/in-memory-ticket-backend/fault.js';
import { World } from '../../support/world/world.js';

const DOWN: Fault = {
  kind: 'error',
  error: new TicketBackendError('Down.', { reason: 'unavailable', retryable: true, effect: 'none' }),
};

describe('a backend whose address changed', () => {
  it('keeps its groups: repeats write nothing, a newcomer joins, an end closes', async () => {
    const world = new World();
    await world.hear(firing('A'), firing('B'));
    const writes = world.backend.writes.length;

    world.moveBackend('elsewhere');
    await world.settle();
    await world.hear(firing('A'), firing('B'));
    expect(world.backend.writes).toHaveLength(writes);

    await world.hear(firing('C', { startsAt: 1 }), resolved('B'));
    const lines = world.tree().map((line) => line.replace(/\[Alert\].*instance:(\w+).*(\[.*\])/, '$1 $2'));
    expect(lines).toEqual(['A [open]', '- B [closed]', '- C [open]']);
  });

  it('takes its tickets under the ids that they have there', async () => {
    const world = new World();
    await world.hear(firing('A'), firing('B'));
    const { subject, description } = world.backend.tickets()[1] ?? { subject: '', description: '' };
    world.backend.personDeletes('2');
    world.backend.personOpens({ subject, description, parentId: '1' });

    world.moveBackend('elsewhere');
    await world.hear(firing('A'), firing('B'));
    await world.hear(resolved('A'), resolved('B'));

    expect(world.backend.tickets().map(({ id, status }) => `${id} ${status}`)).toEqual([
      '1 closed',
      '3 closed',
    ]);
  });

  it('takes no copy for a ticket that is there under its own id, closed by a person', async () => {
    const world = new World();
    await world.hear(firing('A'));
    const { subject, description } = world.backend.tickets()[0] ?? { subject: '', description: '' };
    world.backend.personCloses('1');
    world.backend.personOpens({ subject, description, parentId: null });

    world.moveBackend('elsewhere');
    await world.settle();

    const [group] = (await world.store.list(null, 1, 10)).groups;
    expect(group?.tickets[0]).toMatchObject({ reference: '1', seen: 'closed', personal: true });
  });

  it('gives an alert that fires the ticket that it has there, though it has another one in the old backend', async () => {
    const world = new World();
    await world.hear(firing('A'));
    const [ticket] = world.backend.tickets();
    const description = (ticket?.description ?? '').replace(/alertree \w{32}/, `alertree ${'e'.repeat(32)}`);
    world.backend.personDeletes('1');
    world.backend.personOpens({ subject: 'made by another store', description, parentId: null });

    world.moveBackend('elsewhere');
    await world.settle();
    await world.hear(firing('A'));
    expect(world.backend.tickets().map(({ id, status }) => `${id} ${status}`)).toEqual(['2 open']);

    await world.hear(resolved('A'));
    expect(world.backend.tickets().map(({ id, status }) => `${id} ${status}`)).toEqual(['2 closed']);
  });

  it('keeps the ticket of an alert that began anew before the tickets were found', async () => {
    const world = new World();
    await world.hear(firing('A'), firing('B'));
    const writes = world.backend.writes.length;

    world.moveBackend('elsewhere');
    await world.post(firing('B'));
    await world.settle();
    await world.hear(firing('A'), firing('B'));
    expect(world.backend.writes).toHaveLength(writes);

    await world.hear(resolved('A'), resolved('B'));
    expect(world.backend.tickets().map(({ status }) => status)).toEqual(['closed', 'closed']);
  });

  it('finds a ticket whose create went unanswered there', async () => {
    let fault: Fault | null = null;
    const world = new World({}, { fault: (call) => (call.method === 'open' ? fault : null) });
    fault = { kind: 'answer-lost', effect: 'unknown-pending' };
    await world.post(firing('A'));
    await world.deliverDue();
    fault = null;

    world.moveBackend('elsewhere');
    await world.hear(firing('A'));

    expect(world.backend.writes).toHaveLength(1);
    await world.hear(resolved('A'));
    expect(world.backend.tickets().map(({ status }) => status)).toEqual(['closed']);
  });

  it('closes what ended meanwhile, and sees what a person did', async () => {
    const world = new World();
    await world.hear(firing('A'), firing('B'), firing('C'));
    world.moveBackend('elsewhere');
    await world.post(resolved('B'));
    world.backend.personCloses('3');

    await world.settle();
    await world.hear(resolved('A'), resolved('C'));

    expect(world.backend.tickets().map(({ status }) => status)).toEqual(['closed', 'closed', 'closed']);
  });
});

describe('adoption that fails in the middle', () => {
  it('is tried again from the start, and creates nothing before it is done', async () => {
    let left = 3;
    const fault = ({ method }: { method: string }): Fault | null =>
      method === 'findOurs' && (left -= 1) >= 0 ? DOWN : null;
    const world = new World({}, { fault });
    for (const name of ['X', 'Y', 'Z']) await world.hear(firing('A', { name }), firing('B', { name }));
    const writes = world.backend.writes.length;
    world.emptyStore();

    for (let tries = 0; tries < 3; tries += 1) {
      await world.hear(firing('A', { name: 'X' }), firing('new', { name: 'X' }));
      expect(world.backend.writes).toHaveLength(writes);
      await world.pass(MINUTE);
    }

    expect(world.backend.writes.slice(writes)).toHaveLength(1);
    await world.adopt();
    expect((await world.store.list(null, 1, 10)).total).toBe(3);
  });

  it('pages through all there is', async () => {
    const world = new World({ groupBy: ['instance'] });
    const alerts = Array.from({ length: 230 }, (_, index) => firing(`host${index}`));
    await world.hear(...alerts);
    world.emptyStore();
    const writes = world.backend.writes.length;

    await world.hear(...alerts);

    expect(world.backend.writes).toHaveLength(writes);
  });
});
