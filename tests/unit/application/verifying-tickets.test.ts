import { VerifyTickets } from '../../../src/application/verify-tickets/verify-tickets.js';
import { BackendState } from '../../../src/application/probe-backend/backend-state.js';
import { TicketBackendError } from '../../../src/application/ports/ticket-backend-error.js';
import type { DecideFault } from '../../support/in-memory-ticket-backend/fault.js';
import type { Store } from '../../../src/application/ports/store.js';
import { firing, MINUTE, resolved } from '../../support/builders/alerts.js';
import { CountingIdentifiers, SilentDoorbell } from '../../support/world/fakes.js';
import { World } from '../../support/world/world.js';

/** Nothing else runs here. */
const giveWay = (): Promise<void> => Promise.resolve();

const DOWN = new TicketBackendError('Nobody answers.', {
  reason: 'unavailable',
  retryable: true,
  effect: 'none',
});

interface Verifying {
  readonly verifier: VerifyTickets;
  /** How often it looked into the store. */
  readonly looks: () => number;
  readonly state: BackendState;
  /** As when a probe finds nothing wrong. */
  readonly ready: () => void;
}

/** A verifier of what the world wrote. */
function verifierOf(world: World): Verifying {
  let looks = 0;
  const counted: Store = {
    transaction: (work) => {
      looks += 1;
      return world.store.transaction(work);
    },
  };
  const { clock, backend, logger } = world;
  const ids = new CountingIdentifiers();
  const ports = { clock, backend, logger, ids, doorbell: new SilentDoorbell(), giveWay };
  const state = new BackendState();
  const ready = (): void => state.learn({ kind: 'ready', notices: [] });
  ready();
  return {
    verifier: new VerifyTickets({ ...ports, store: counted }, state),
    looks: () => looks,
    state,
    ready,
  };
}

/** A ticket that was written and not read back yet: a note that tells of the second alert's end. */
async function aWrittenTicket(fault: DecideFault = () => null): Promise<World> {
  const world = new World({}, { fault });
  await world.hear(firing('A'), firing('B'));
  world.clock.advance(1);
  await world.post({ ...firing('B'), status: 'resolved', endsAt: firing('B').startsAt });
  await world.deliverDue();
  return world;
}

describe('reading back', () => {
  it('looks into the store once while written tickets gather, however often it is woken', async () => {
    const { verifier, looks } = verifierOf(await aWrittenTicket());

    const waits = [await verifier.execute(), await verifier.execute(), await verifier.execute()];

    expect(waits).toEqual([1000, 1000, 1000]);
    expect(looks()).toBe(1);
  });

  it('reads when the second is over, and asks for no further look', async () => {
    const world = await aWrittenTicket();
    const { verifier } = verifierOf(world);

    world.clock.advance((await verifier.execute()) ?? 0);

    expect(await verifier.execute()).toBe(0);
    expect(await verifier.execute()).toBeNull();
  });

  it('waits out a failure, however often it is woken', async () => {
    let isDown = false;
    const world = await aWrittenTicket(() => (isDown ? { kind: 'error', error: DOWN } : null));
    const { verifier, looks, ready } = verifierOf(world);
    world.clock.advance((await verifier.execute()) ?? 0);
    isDown = true;

    expect(await verifier.execute()).toBe(5000);
    ready();
    expect(await verifier.execute()).toBe(5000);
    expect(looks()).toBe(2);
    isDown = false;
    world.clock.advance(5000);
    expect(await verifier.execute()).toBe(0);
  });

  it('does not wait for a clock that was set back to catch up', async () => {
    const world = await aWrittenTicket();
    const { verifier, looks } = verifierOf(world);
    await verifier.execute();

    world.clock.advance(-3_600_000);
    await verifier.execute();

    expect(looks()).toBeGreaterThan(1);
  });

  it('logs a failure once for as long as it lasts, and again when it comes back', async () => {
    const world = await aWrittenTicket();
    const { verifier, ready } = verifierOf(world);
    const fetchMany = world.backend.fetchMany.bind(world.backend);
    const down = new TicketBackendError('It is down.', {
      reason: 'unavailable',
      retryable: true,
      effect: 'none',
    });
    const logged = () => world.logger.linesOf('read-back failed, it is tried again').length;
    Object.assign(world.backend, { fetchMany: () => Promise.reject(down) });
    world.clock.advance(1_000);

    for (let tries = 0; tries < 5; tries += 1) {
      ready();
      world.clock.advance((await verifier.execute()) ?? 0);
    }
    expect(logged()).toBe(1);

    Object.assign(world.backend, { fetchMany });
    ready();
    world.clock.advance(5 * MINUTE);
    await verifier.execute();
    await world.post({ ...firing('A'), status: 'resolved', endsAt: firing('A').startsAt });
    await world.deliverDue();
    Object.assign(world.backend, { fetchMany: () => Promise.reject(down) });
    world.clock.advance(1_000);
    await verifier.execute();
    expect(logged()).toBe(2);
  });

  it('asks nothing while the backend cannot be used, and makes it doubtful by its own failures', async () => {
    let reads = 0;
    const world = await aWrittenTicket(({ method }) => {
      if (method === 'fetchMany') reads += 1;
      return method === 'fetchMany' && reads > 1 ? { kind: 'error', error: DOWN } : null;
    });
    const { verifier, state } = verifierOf(world);
    reads = 1;
    world.clock.advance((await verifier.execute()) ?? 0);

    await verifier.execute();
    expect(state.condition.kind).toBe('unknown');
    world.clock.advance(60_000);

    expect(await verifier.execute()).toBeNull();
    expect(reads).toBe(2);
  });
});

describe('one ticket that cannot be read', () => {
  const BROKEN = new TicketBackendError('500', { reason: 'server-error', retryable: true, effect: 'none' });

  it('is found among the others, which are read back; it is asked for ever less often', async () => {
    let reads = 0;
    const names = Array.from({ length: 12 }, (_, index) => `host${index}`);
    const world = new World(
      {},
      {
        fault: (call) => {
          if (call.method !== 'fetchMany' || !call.ids.includes('7') || !isBroken) return null;
          reads += 1;
          return { kind: 'error', error: BROKEN };
        },
      },
    );
    let isBroken = false;
    await world.hear(...names.map((name) => firing(name)));
    isBroken = true;

    await world.post(...names.slice(1).map((name) => resolved(name)));
    for (let seconds = 0; seconds < 60; seconds += 1) await world.pass(1_000);

    const closed = world.backend.tickets().filter((ticket) => ticket.status === 'closed');
    expect(closed).toHaveLength(11);
    const unread = async () =>
      (await world.store.list('open', 1, 1)).groups[0]?.tickets.filter(({ written }) => written !== null);
    expect((await unread())?.map(({ reference }) => reference)).toEqual(['7']);
    const soFar = reads;
    await world.pass(10_000);
    expect(reads - soFar).toBeLessThan(3);

    isBroken = false;
    await world.pass(5 * MINUTE);
    expect(await unread()).toEqual([]);
  });
});
