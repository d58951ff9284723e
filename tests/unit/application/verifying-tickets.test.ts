import { VerifyTickets } from '../../../src/application/verify-tickets/verify-tickets.js';
import { TicketBackendError } from '../../../src/application/ports/ticket-backend-error.js';
import type { DecideFault } from '../../support/in-memory-ticket-backend/fault.js';
import type { Store } from '../../../src/application/ports/store.js';
import { firing } from '../../support/builders/alerts.js';
import { CountingIdentifiers, SilentDoorbell } from '../../support/world/fakes.js';
import { World } from '../../support/world/world.js';

/** Nothing else runs here. */
const giveWay = (): Promise<void> => Promise.resolve();

const DOWN = new TicketBackendError('Nobody answers.', {
  reason: 'unavailable',
  retryable: true,
  effect: 'none',
});

/** A verifier of what the world wrote, and how often it looked into the store. */
function verifierOf(world: World): { verifier: VerifyTickets; looks: () => number } {
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
  return { verifier: new VerifyTickets({ ...ports, store: counted }), looks: () => looks };
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
    const { verifier, looks } = verifierOf(world);
    world.clock.advance((await verifier.execute()) ?? 0);
    isDown = true;

    expect([await verifier.execute(), await verifier.execute()]).toEqual([5000, 5000]);
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
    const { verifier } = verifierOf(world);
    const fetchMany = world.backend.fetchMany.bind(world.backend);
    const down = new TicketBackendError('It is down.', {
      reason: 'unavailable',
      retryable: true,
      effect: 'none',
    });
    const logged = () => world.logger.linesOf('read-back failed, it is tried again').length;
    Object.assign(world.backend, { fetchMany: () => Promise.reject(down) });
    world.clock.advance(1_000);

    for (let tries = 0; tries < 5; tries += 1) world.clock.advance((await verifier.execute()) ?? 0);
    expect(logged()).toBe(1);

    Object.assign(world.backend, { fetchMany });
    await verifier.execute();
    Object.assign(world.backend, { fetchMany: () => Promise.reject(down) });
    await world.post({ ...firing('A'), status: 'resolved', endsAt: firing('A').startsAt });
    await world.deliverDue();
    world.clock.advance(1_000);
    await verifier.execute();
    expect(logged()).toBe(2);
  });
});
