import { TicketBackendError } from '../../../src/application/ports/ticket-backend-error.js';
import { firing, HOUR, MINUTE, resolved } from '../../support/builders/alerts.js';
import type { BackendCall, Fault } from '../../support/in-memory-ticket-backend/fault.js';
import { World } from '../../support/world/world.js';

const SIBLINGS = ['B', 'C', 'D', 'E', 'F'];
const CREATED = ['A', 'P', ...SIBLINGS];

function error(given: Pick<TicketBackendError, 'reason' | 'retryable' | 'effect'>): Fault {
  return { kind: 'error', error: new TicketBackendError(`It is ${given.reason}.`, given) };
}

const crashed = error({ reason: 'server-error', retryable: true, effect: 'unknown-finished' });
const unread = error({ reason: 'server-error', retryable: true, effect: 'none' });
const slow = error({ reason: 'timeout', retryable: true, effect: 'none' });
const blocked = error({ reason: 'invalid-response', retryable: false, effect: 'none' });
const unanswered = error({ reason: 'timeout', retryable: true, effect: 'unknown-pending' });
const refused = error({ reason: 'rejected', retryable: false, effect: 'none' });
const lost: Fault = { kind: 'answer-lost', effect: 'unknown-finished' };

/** A world in which calls that concern the ticket of the instance P go wrong as `fault` says, while it is switched on. */
class PoisonedWorld extends World {
  on = true;

  constructor(fault: (call: BackendCall) => Fault | null) {
    super({}, { fault: (call) => (this.on && this.concernsPoison(call) ? fault(call) : null) });
  }

  private concernsPoison(call: BackendCall): boolean {
    const poison = this.backend.tickets().find((ticket) => ticket.subject.includes('instance:P'));
    switch (call.method) {
      case 'open':
        return call.draft.subject.includes('instance:P');
      case 'fetchMany':
        return poison !== undefined && call.ids.includes(poison.id);
      case 'update':
      case 'notesOf':
      case 'obstaclesTo':
        return call.id === poison?.id;
      case 'findByKey':
        return call.key === poison?.keyLine?.key;
      default:
        return false;
    }
  }

  /** Instances whose tickets are there, or closed. */
  instances(status?: 'closed'): readonly string[] {
    const found = this.backend.tickets().filter((ticket) => status === undefined || ticket.status === status);
    return found.map(({ subject }) => subject.replace(/.*instance:(\w).*/, '$1')).toSorted();
  }

  async live(milliseconds: number): Promise<void> {
    const end = this.clock.now() + milliseconds;
    while (this.clock.now() < end) await this.pass(1_000);
  }
}

const when =
  (faults: Partial<Record<BackendCall['method'], Fault>>) =>
  ({ method }: BackendCall): Fault | null =>
    faults[method] ?? null;

describe('a child that can never be created', () => {
  it.each([
    ['rejected', when({ open: refused })],
    ['a 500', when({ open: crashed })],
    ['a page of a filter on the way', when({ open: blocked })],
    ['no answer', when({ open: unanswered })],
    ['created, and not to be found: 500', when({ open: lost, findByKey: unread })],
    ['created, and not to be found: time-outs', when({ open: lost, findByKey: slow })],
  ])('keeps no sibling and no other group waiting: %s', async (_, fault) => {
    const world = new PoisonedWorld(fault);
    await world.hear(firing('A'));
    await world.post(firing('P'), ...SIBLINGS.map((name) => firing(name)));
    await world.live(30_000);
    expect(world.instances()).toEqual(expect.arrayContaining(['A', ...SIBLINGS]));

    await world.hear(firing('Z', { name: 'AnotherAlert' }));
    await world.live(2_000);
    expect(world.instances()).toContain('Z');

    await world.live(HOUR);
    expect((await world.store.list('parked', 1, 10)).groups).toHaveLength(1);
    world.on = false;
    await world.live(15 * MINUTE);
    expect(world.instances()).toEqual([...CREATED, 'Z'].toSorted());
    expect((await world.store.list('parked', 1, 10)).groups).toEqual([]);
  });
});

describe('a child that can never be closed', () => {
  it.each([
    ['rejected', when({ update: refused })],
    ['a 500', when({ update: crashed })],
    ['a page of a filter on the way', when({ update: blocked })],
    ['no answer', when({ update: unanswered })],
    ['closed, and not to be read: 500', when({ update: lost, fetchMany: unread })],
    ['closed, and not to be read: time-outs', when({ update: lost, fetchMany: slow })],
    ['never to be read: 500', when({ fetchMany: unread })],
    ['never to be read: time-outs', when({ fetchMany: slow })],
  ])('keeps no sibling from being closed: %s', async (_, fault) => {
    const world = new PoisonedWorld(fault);
    world.on = false;
    await world.hear(firing('A'));
    await world.hear(firing('P'), ...SIBLINGS.map((name) => firing(name)));
    world.on = true;
    world.restart();

    await world.post(resolved('P'), ...SIBLINGS.map((name) => resolved(name)));
    await world.live(MINUTE);
    expect(world.instances('closed')).toEqual(expect.arrayContaining(SIBLINGS));

    await world.live(HOUR);
    world.on = false;
    await world.hear(resolved('A'));
    await world.live(30 * MINUTE);
    expect(world.instances('closed')).toEqual(CREATED.toSorted());
    expect(world.backend.tickets().find(({ subject }) => subject.includes('instance:P'))?.notes).toHaveLength(
      1,
    );
  });
});

describe('a root that can never be created', () => {
  it.each([
    ['a 500', when({ open: crashed })],
    ['a page of a filter on the way', when({ open: blocked })],
    ['rejected', when({ open: refused })],
  ])('gives its place to the next that waits: %s', async (_, fault) => {
    const world = new PoisonedWorld(fault);
    await world.post(firing('P'));
    await world.post(firing('B'), firing('C'));

    await world.live(MINUTE);

    expect(world.instances()).toEqual(['B', 'C']);
  });
});

describe('a root to which nothing can be written', () => {
  it.each([
    ['rejected', when({ update: refused })],
    ['a 500', when({ update: crashed })],
    ['a page of a filter on the way', when({ update: blocked })],
    ['no answer', when({ update: unanswered })],
    ['written, and its notes not to be read', when({ update: lost, notesOf: unread })],
  ])('gets its children, and they are closed: %s', async (_, fault) => {
    const world = new PoisonedWorld(fault);
    await world.hear(firing('P'));
    await world.hear(firing('B'), firing('C'));
    await world.post(resolved('P'));
    await world.live(2 * MINUTE);

    await world.post(firing('D'), resolved('B'));
    await world.live(3 * MINUTE);
    expect(world.instances()).toContain('D');
    expect(world.instances('closed')).toEqual(['B']);

    await world.post(resolved('C'), resolved('D'));
    await world.live(HOUR);
    world.on = false;
    await world.live(30 * MINUTE);
    expect(world.instances('closed')).toEqual(['B', 'C', 'D', 'P']);
  });
});
