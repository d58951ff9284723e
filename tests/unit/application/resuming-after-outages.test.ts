import { TicketBackendError } from '../../../src/application/ports/ticket-backend-error.js';
import { firing, resolved } from '../../support/builders/alerts.js';
import type { Fault } from '../../support/in-memory-ticket-backend/fault.js';
import { DOWN, open, SweptWorld } from '../../support/world/swept-world.js';

const CONFLICT: Fault = {
  kind: 'error',
  error: new TicketBackendError('Somebody else was faster.', {
    reason: 'conflict',
    retryable: true,
    effect: 'none',
  }),
};
const CALL_LOST: Fault = { kind: 'call-lost' };

async function knowing(...hosts: readonly string[]): Promise<SweptWorld> {
  const world = new SweptWorld();
  await world.hear(...hosts.map((host) => firing(host)));
  await world.sweep();
  return world;
}

/** The backend is out for so long that a second probe finds it out, too: what waits is resumed after that. */
async function goThroughAnOutage(world: SweptWorld): Promise<void> {
  world.faults.set('probe', [DOWN, DOWN]);
  for (let second = 0; second < 40; second += 1) await world.pass(1_000);
  expect(world.backendState.condition.kind).toBe('ready');
}

const notesOf = (world: SweptWorld, id: string): readonly string[] =>
  world.backend.tickets().find((ticket) => ticket.id === id)?.notes ?? [];

describe('what waits when an outage ends', () => {
  it('asks for a lost create that had failed before once it can be late no longer', async () => {
    const world = await knowing('A');
    world.faults.set('open', [CONFLICT, CALL_LOST]);
    await world.hear(firing('B', { startsAt: 1 }));
    await goThroughAnOutage(world);
    await world.passSweeping(5);

    expect(open(world)).toEqual(['1', '2']);
  });

  it('asks for a lost close that had failed before', async () => {
    const world = await knowing('A', 'B');
    world.faults.set('update', [CONFLICT, CALL_LOST]);
    await world.hear(resolved('B', { endsAt: 1 }));
    await goThroughAnOutage(world);
    await world.passSweeping(5);

    expect(open(world)).toEqual(['1']);
    expect(notesOf(world, '2')).toHaveLength(1);
  });

  it('asks again for a lost create when asking failed in each of several outages', async () => {
    const world = await knowing('A');
    world.faults.set('open', [CALL_LOST]);
    await world.hear(firing('B', { startsAt: 1 }));
    await world.pass(119_000);
    world.faults.set('findByKey', [DOWN, DOWN, DOWN]);
    world.faults.set('probe', [DOWN, null, DOWN, null, DOWN, null]);
    for (let second = 0; second < 120; second += 1) await world.pass(1_000);
    await world.passSweeping(10);

    expect(open(world)).toEqual(['1', '2']);
  });
});
