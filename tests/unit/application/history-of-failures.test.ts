import { TicketBackendError } from '../../../src/application/ports/ticket-backend-error.js';
import { firing, HOUR, MINUTE } from '../../support/builders/alerts.js';
import type { Fault } from '../../support/in-memory-ticket-backend/fault.js';
import { SweptWorld } from '../../support/world/swept-world.js';

const refused = (message: string): Fault => ({
  kind: 'error',
  error: new TicketBackendError(message, { reason: 'rejected', retryable: false, effect: 'none' }),
});
const unanswered = (): Fault => ({
  kind: 'error',
  error: new TicketBackendError('It took too long.', {
    reason: 'timeout',
    retryable: true,
    effect: 'unknown-finished',
  }),
});

/** A world where the ticket of B cannot be opened, for so long as there are faults. */
async function failing(faults: readonly Fault[]): Promise<SweptWorld> {
  const world = new SweptWorld();
  await world.hear(firing('A'));
  world.faults.set('open', [...faults]);
  await world.hear(firing('B', { startsAt: 1 }));
  return world;
}

async function aDay(world: SweptWorld): Promise<void> {
  for (let passed = 0; passed < 24 * HOUR; passed += MINUTE) await world.pass(MINUTE);
}

const told = (world: SweptWorld): readonly string[] =>
  world.commits
    .flatMap(({ events }) => events)
    .filter(({ kind }) => kind !== 'group-opened' && kind !== 'ticket-opened')
    .map(({ kind, reason }) => `${kind}: ${reason}`);

describe('the history of a ticket that fails and fails', () => {
  it('tells once of a failure that stays the same', async () => {
    const world = await failing(Array.from({ length: 500 }, () => refused('No such field.')));
    await aDay(world);

    expect(told(world)).toEqual(['write-failed: No such field.', 'ticket-parked: rejected: No such field.']);
    expect(world.count('open')).toBeGreaterThan(100);
  });

  it('tells of each failure that is another than the last', async () => {
    const messages = ['One.', 'Two.', 'Two.', 'One.', 'One.'];
    const world = await failing(messages.map(refused));
    await aDay(world);

    expect(told(world)).toEqual([
      'write-failed: One.',
      'ticket-parked: rejected: One.',
      'write-failed: Two.',
      'write-failed: One.',
    ]);
  });

  it('tells a few times of writes whose outcome stays unknown again and again', async () => {
    const world = await failing(Array.from({ length: 500 }, unanswered));
    await aDay(world);

    expect(world.count('open')).toBeGreaterThan(100);
    expect(told(world).length).toBeLessThan(10);
  });

  it('begins anew when the ticket could be written', async () => {
    const world = await failing([refused('No such field.')]);
    await aDay(world);
    world.faults.set('open', [refused('No such field.')]);
    await world.hear(firing('C', { startsAt: 2 }));
    await aDay(world);

    expect(told(world).filter((line) => line.startsWith('write-failed'))).toHaveLength(2);
  });
});
