import { TicketBackendError } from '../../../src/application/ports/ticket-backend-error.js';
import { firing, HOUR, MINUTE, resolved } from '../../support/builders/alerts.js';
import type { BackendCall, Fault } from '../../support/in-memory-ticket-backend/fault.js';
import { World } from '../../support/world/world.js';

const down: Fault = {
  kind: 'error',
  error: new TicketBackendError('refused', { reason: 'unavailable', retryable: true, effect: 'none' }),
};
const statuses = (world: World) => world.backend.tickets().map((ticket) => ticket.status);

/** A world whose backend fails as `fault` says while the switch is on. */
function failing(fault: (call: BackendCall) => Fault | null): { world: World; switchOff: () => void } {
  let on = true;
  const world = new World({}, { fault: (call) => (on ? fault(call) : null) });
  return { world, switchOff: () => (on = false) };
}

describe('a failing backend', () => {
  it('accepts alerts while the backend is down, and collapses the outage into what still matters', async () => {
    const { world, switchOff } = failing(() => down);
    await world.hear(firing('A'), firing('B'));
    await world.pass(HOUR);
    await world.hear(resolved('A'));
    expect(statuses(world)).toEqual([]);

    switchOff();
    await world.pass(HOUR);

    expect(world.tree()).toEqual(['[Alert] HostMemoryUsageHigh-Usage90% instance:B (6/16 11:46) [open]']);
  });

  it.each(['unknown-finished', 'unknown-pending'] as const)(
    'finds a ticket again whose create had an effect but an answer that was lost (%s)',
    async (effect) => {
      let lost = false;
      const { world } = failing((call) => {
        if (call.method !== 'open' || lost) return null;
        lost = true;
        return { kind: 'answer-lost', effect };
      });

      await world.hear(firing('A'), firing('B'));
      await world.pass(10 * MINUTE);

      expect(world.tree()).toHaveLength(2);
      expect(world.backend.writes.filter((write) => write.kind === 'open')).toHaveLength(2);
    },
  );

  it('waits for a late create before it tries again, and makes no second ticket', async () => {
    let late = false;
    const { world } = failing((call) => {
      if (call.method !== 'open' || late) return null;
      late = true;
      return { kind: 'late' };
    });
    await world.hear(firing('A'));
    await world.pass(MINUTE);
    world.backend.commitLate();

    await world.pass(10 * MINUTE);

    expect(world.backend.tickets()).toHaveLength(1);
  });

  it('creates again what is not there once it cannot come any more', async () => {
    let lost = false;
    const { world } = failing((call) => {
      if (call.method !== 'open' || lost) return null;
      lost = true;
      return { kind: 'call-lost' };
    });

    await world.hear(firing('A'));
    await world.pass(119_000);
    expect(world.backend.tickets()).toHaveLength(0);
    await world.pass(10 * MINUTE);
    // What has left nothing is not tried again at once.
    await world.pass(MINUTE);

    expect(world.backend.tickets()).toHaveLength(1);
  });

  it.each(['answer-lost', 'call-lost'] as const)(
    'writes a note once when an update went unanswered (%s)',
    async (kind) => {
      let lost = false;
      const { world } = failing((call) => {
        if (call.method !== 'update' || lost) return null;
        lost = true;
        return kind === 'call-lost' ? { kind } : { kind, effect: 'unknown-pending' };
      });
      await world.hear(firing('A'));

      await world.hear(resolved('A'));
      await world.pass(10 * MINUTE);
      await world.pass(MINUTE);

      expect(statuses(world)).toEqual(['closed']);
      expect(world.backend.tickets()[0]?.notes).toHaveLength(1);
    },
  );

  it('sends a note once beside a status that is refused, and the later tries go without it', async () => {
    const { world, switchOff } = failing((call) =>
      call.method === 'update' ? { kind: 'status-refused' } : null,
    );
    await world.hear(firing('A'), firing('B'));
    await world.hear(resolved('B'));
    await world.pass(3 * HOUR);
    expect(statuses(world)).toEqual(['open', 'open']);

    switchOff();
    world.backend.personAddsSubtask('2');
    await world.pass(HOUR);

    expect(world.backend.tickets()[1]?.notes).toHaveLength(1);
  });

  it('tries a refused status once more at once where nothing stands in the way of it', async () => {
    let refusals = 0;
    const { world } = failing((call) => {
      if (call.method !== 'update' || refusals > 0) return null;
      refusals += 1;
      return { kind: 'status-refused' };
    });
    await world.hear(firing('A'));

    await world.hear(resolved('A'));
    await world.pass(MINUTE);

    expect(statuses(world)).toEqual(['closed']);
  });

  it('tries it no more than that for an hour where the backend knows no reason and refuses all the same', async () => {
    let asked = 0;
    const { world } = failing((call) => {
      if (call.method !== 'update') return null;
      asked += 1;
      return { kind: 'status-refused' };
    });
    await world.hear(firing('A'));

    await world.hear(resolved('A'));
    await world.pass(50 * MINUTE);
    expect(asked).toBe(2);

    await world.pass(HOUR);
    expect(asked).toBe(4);
  });

  it('goes on with a refused child after an outage, though a look at it failed before', async () => {
    const redirected = new TicketBackendError('302', {
      reason: 'invalid-response',
      retryable: false,
      effect: 'none',
    });
    const faults = new Map<string, Fault[]>([
      ['update', [{ kind: 'status-refused' }, { kind: 'status-refused' }]],
    ]);
    const { world } = failing((call) => faults.get(call.method)?.shift() ?? null);
    await world.hear(firing('A'), firing('B'));
    await world.hear(resolved('B'));
    faults.set('fetchMany', [{ kind: 'error', error: redirected }]);
    for (let times = 0; times < 25; times += 1) await world.pass(MINUTE);
    // Another group makes the backend doubtful, and it is back before it is time for the next look.
    faults.set('open', [down]);
    faults.set('probe', [down]);
    await world.hear(firing('C', { name: 'LinkDown', startsAt: 25 }));
    await world.pass(MINUTE);

    for (let times = 0; times < 20; times += 1) await world.pass(10 * MINUTE);

    expect(statuses(world)).toEqual(['open', 'closed', 'open']);
  });

  it('parks what the backend rejects and lets its siblings through', async () => {
    const rejected = new TicketBackendError('Assignee is invalid.', {
      reason: 'rejected',
      retryable: false,
      effect: 'none',
      remedy: 'Choose another assignee.',
    });
    const { world } = failing((call) =>
      call.method === 'open' && call.draft.subject.includes('instance:B')
        ? { kind: 'error', error: rejected }
        : null,
    );

    await world.hear(firing('A'), firing('B'), firing('C'));

    expect(world.tree().map((line) => line.replace(/.*instance:(\w).*/, '$1'))).toEqual(['A', 'C']);
    const page = await world.store.list('parked', 1, 10);
    expect(page.groups[0]?.tickets.find((ticket) => ticket.parked !== null)?.parked).toMatchObject({
      reason: 'rejected',
      remedy: 'Choose another assignee.',
    });
  });

  it('asks what came of a write when the process died before the answer was recorded', async () => {
    const { world, switchOff } = failing((call) => {
      if (call.method === 'open') throw new Error('the process dies here');
      return null;
    });
    await world.post(firing('A'));
    await expect(world.settle()).rejects.toThrow('dies');

    switchOff();
    world.restart();
    await world.pass(10 * MINUTE);
    await world.pass(MINUTE);

    expect(world.backend.tickets()).toHaveLength(1);
  });
});
