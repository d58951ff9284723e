import { TicketBackendError } from '../../../src/application/ports/ticket-backend-error.js';
import { firing, HOUR, MINUTE, resolved } from '../../support/builders/alerts.js';
import type { BackendCall, Fault } from '../../support/in-memory-ticket-backend/fault.js';
import { World } from '../../support/world/world.js';

function failing(reason: TicketBackendError['reason']): Fault {
  const error = new TicketBackendError(`It is ${reason}.`, { reason, retryable: true, effect: 'none' });
  return { kind: 'error', error };
}

type FaultOf = (world: UnreadableWorld, ids: readonly string[]) => Fault | null;

/** A world in which tickets cannot be read as `fault` says, while it is switched on. */
class UnreadableWorld extends World {
  on = false;
  /** The tickets that were asked for at once, since it is on. */
  readonly asked: (readonly string[])[] = [];

  constructor(fault: FaultOf) {
    super({}, { fault: (call) => (this.on ? this.faultOf(call, fault) : null) });
  }

  idOf(instance: string): string {
    return this.backend.tickets().find(({ subject }) => subject.includes(`instance:${instance} `))?.id ?? '';
  }

  /** Tickets of which a write was not read back yet. */
  async unread(): Promise<readonly (string | null)[]> {
    const { groups } = await this.store.list(null, 1, 1000);
    const tickets = groups.flatMap((group) => group.tickets);
    return tickets.filter(({ written }) => written !== null).map(({ reference }) => reference);
  }

  async parked(): Promise<number> {
    return (await this.store.list('parked', 1, 10)).groups.length;
  }

  async live(milliseconds: number): Promise<void> {
    const end = this.clock.now() + milliseconds;
    while (this.clock.now() < end) await this.pass(1_000);
  }

  private faultOf(call: BackendCall, fault: FaultOf): Fault | null {
    if (call.method !== 'fetchMany') return null;
    this.asked.push(call.ids);
    return fault(this, call.ids);
  }
}

const REASONS = ['server-error', 'timeout', 'unavailable', 'invalid-response'] as const;
const NAMES = Array.from({ length: 40 }, (_, no) => `Alert${no}`);
const poisoned =
  (reason: TicketBackendError['reason']): FaultOf =>
  (world, ids) =>
    ids.includes(world.idOf('P')) ? failing(reason) : null;

describe('what was written is read back', () => {
  it.each(REASONS)('though one ticket of another group cannot be read: %s', async (reason) => {
    const world = new UnreadableWorld(poisoned(reason));
    await world.hear(firing('P', { name: 'Poison' }), ...NAMES.map((name) => firing('A', { name })));
    world.on = true;

    await world.post(resolved('P', { name: 'Poison' }));
    await world.live(2_000);
    await world.post(...NAMES.map((name) => resolved('A', { name })));
    await world.live(5 * MINUTE);

    expect(await world.unread()).toEqual([world.idOf('P')]);
  });

  it.each(REASONS)(
    'though the backend can answer for no more than ten tickets at once: %s',
    async (reason) => {
      const world = new UnreadableWorld((_, ids) => (ids.length > 10 ? failing(reason) : null));
      await world.hear(...NAMES.map((name) => firing('A', { name })));
      world.on = true;

      await world.post(...NAMES.map((name) => resolved('A', { name })));
      await world.live(5 * MINUTE);

      expect(await world.unread()).toEqual([]);
      expect(await world.parked()).toBe(0);
    },
  );
});

describe('a ticket that cannot be read for want of an answer', () => {
  it('is asked for alone once it is found, and the others together again', async () => {
    const world = new UnreadableWorld(poisoned('timeout'));
    await world.hear(firing('P', { name: 'Poison' }), ...NAMES.map((name) => firing('A', { name })));
    world.on = true;
    await world.post(resolved('P', { name: 'Poison' }));
    await world.live(MINUTE);
    world.asked.length = 0;

    await world.post(...NAMES.map((name) => resolved('A', { name })));
    await world.live(10 * MINUTE);

    const withPoison = world.asked.filter((ids) => ids.includes(world.idOf('P')));
    expect(withPoison.length).toBeGreaterThan(1);
    expect(withPoison.every((ids) => ids.length === 1)).toBe(true);
    expect(Math.max(...world.asked.map((ids) => ids.length))).toBeGreaterThan(10);
  });

  it('does not make its siblings wait, and is read back when it can be', async () => {
    const world = new UnreadableWorld(poisoned('timeout'));
    await world.hear(firing('A'), firing('P'), firing('B'));
    world.on = true;
    await world.post(resolved('P'));
    await world.live(HOUR);

    await world.post(resolved('B'), firing('C', { startsAt: 70 }));
    await world.live(5_000);

    expect(world.idOf('C')).not.toBe('');
    expect(await world.unread()).toEqual([world.idOf('P')]);
    world.on = false;
    await world.live(6 * MINUTE);
    expect(await world.unread()).toEqual([]);
  });

  it('does not keep the others from being read, however many there are of its kind', async () => {
    const hanging: string[] = [];
    const world = new UnreadableWorld((_, ids) =>
      ids.some((id) => hanging.includes(id)) ? failing('timeout') : null,
    );
    const poison = Array.from({ length: 8 }, (_, no) => `Poison${no}`);
    await world.hear(...poison.map((name) => firing('P', { name })));
    hanging.push(...world.backend.tickets().map(({ id }) => id));
    await world.hear(firing('A', { name: 'Alert' }));
    world.on = true;
    await world.post(...poison.map((name) => resolved('P', { name })));
    await world.live(5 * MINUTE);

    await world.post(resolved('A', { name: 'Alert' }));
    await world.live(MINUTE);

    expect(await world.unread()).not.toContain(world.idOf('A'));
  });

  it('because an outage begins just then is not blamed for it', async () => {
    let isOut = false;
    const world = new World(
      {},
      {
        fault: ({ method }) =>
          isOut && ['fetchMany', 'probe'].includes(method) ? failing('unavailable') : null,
      },
    );
    await world.hear(firing('A'), firing('B'));
    await world.post(resolved('B'));
    await world.deliverDue();
    isOut = true;

    await world.pass(2_000);

    const [group] = (await world.store.list(null, 1, 1)).groups;
    expect(world.backendState.condition.kind).toBe('unreachable');
    expect(group?.tickets.map(({ written, attempts }) => [written, attempts])).toEqual([
      [null, 0],
      ['closed', 0],
    ]);
  });
});
