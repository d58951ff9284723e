import { failureOf } from '../../../src/application/deliver-group/call-backend.js';
import { TicketBackendError } from '../../../src/application/ports/ticket-backend-error.js';
import { BackendState } from '../../../src/application/probe-backend/backend-state.js';
import { firing, HOUR, MINUTE } from '../../support/builders/alerts.js';
import type { BackendCall, Fault } from '../../support/in-memory-ticket-backend/fault.js';
import { World } from '../../support/world/world.js';

type Reason = TicketBackendError['reason'];
type Given = { readonly retryAfterMs?: number; readonly effect?: TicketBackendError['effect'] };

function problem(reason: Reason, { retryAfterMs, effect = 'none' }: Given = {}): TicketBackendError {
  const rest = retryAfterMs === undefined ? {} : { retryAfterMs };
  return new TicketBackendError(`It is ${reason}.`, { reason, retryable: true, effect, ...rest });
}

const failing = (error: TicketBackendError): Fault => ({ kind: 'error', error });
const server = problem('server-error');

/** A backend that is ready, and has heard so many of these since. */
function afterHearing(...errors: readonly (TicketBackendError | null)[]): BackendState {
  const state = new BackendState();
  state.learn({ kind: 'ready', notices: [] });
  for (const error of errors) state.heard(error === null ? null : failureOf(error, 0, 0), 0);
  return state;
}

describe('a failed call', () => {
  it.each(['unavailable', 'timeout', 'unauthorized', 'forbidden', 'invalid-response'] as const)(
    'makes the backend doubtful: %s',
    (reason) => {
      expect(afterHearing(problem(reason)).condition.kind).toBe('unknown');
    },
  );

  it.each(['server-error', 'rejected', 'conflict', 'not-found', 'parent-closed', 'rate-limited'] as const)(
    'is a matter of its ticket, or of patience, and stops no other: %s',
    (reason) => {
      expect(afterHearing(problem(reason)).condition.kind).toBe('ready');
    },
  );

  it('makes it doubtful when the server fails at five calls in a row, whatever they are', () => {
    expect(afterHearing(server, server, server, server).mayDeliver).toBe(true);
    expect(afterHearing(server, server, server, server, server).mayDeliver).toBe(false);
    expect(afterHearing(server, server, server, server, null, server, server).mayDeliver).toBe(true);
  });

  it('that asks for rest does not hide that somebody must act', () => {
    const state = afterHearing();
    state.learn({ kind: 'parked', problems: [] });
    state.heard(failureOf(problem('rate-limited', { retryAfterMs: 1_000 }), 0, 0), 0);

    expect(state.condition.kind).toBe('parked');
  });
});

/** Groups of their own, all due at once, in a world that counts what the backend is asked. */
async function manyGroups(count: number, fault: (call: BackendCall) => Fault | null) {
  const asked: BackendCall['method'][] = [];
  const world = new World(
    {},
    {
      fault: (call) => {
        asked.push(call.method);
        return fault(call);
      },
    },
  );
  for (let index = 0; index < count; index += 1) await world.post(firing('A', { name: `Alert${index}` }));
  return { world, asked };
}

/** Lets time pass in small steps, as workers do. */
async function live(world: World, milliseconds: number): Promise<void> {
  const end = world.clock.now() + milliseconds;
  while (world.clock.now() < end) await world.pass(1_000);
}

describe('a backend that is down for an hour while 200 groups are due', () => {
  it('is asked by probes alone, and few of them; when it is back everything is delivered at once', async () => {
    let isDown = false;
    const { world, asked } = await manyGroups(200, () => (isDown ? failing(problem('unavailable')) : null));
    await world.settle();
    for (let index = 0; index < 200; index += 1) await world.post(firing('B', { name: `Alert${index}` }));
    isDown = true;
    asked.length = 0;

    await live(world, HOUR);

    const calls = asked.filter((method) => method !== 'probe');
    expect(calls.length).toBeLessThanOrEqual(10);
    expect(asked.length - calls.length).toBeLessThan(100);
    expect(world.backend.tickets()).toHaveLength(200);

    isDown = false;
    await live(world, MINUTE);
    expect(world.backend.tickets()).toHaveLength(400);
    expect((await world.store.list('parked', 1, 10)).groups).toEqual([]);
  });

  it('is asked nothing at all while it asks to be left alone', async () => {
    let isBusy = true;
    const { world, asked } = await manyGroups(200, ({ method }) =>
      isBusy && method !== 'probe' ? failing(problem('rate-limited', { retryAfterMs: 5 * MINUTE })) : null,
    );
    await world.settle();
    const before = asked.length;
    isBusy = false;

    await live(world, 5 * MINUTE - 2_000);
    expect(asked).toHaveLength(before);

    await live(world, 4_000);
    expect(world.backend.tickets()).toHaveLength(200);
  });
});

describe('one create that the server fails at', () => {
  it('delays no other group, and no probe is asked for it', async () => {
    let failures = 0;
    const { world, asked } = await manyGroups(20, ({ method }) => {
      if (method !== 'open' || failures > 0) return null;
      failures += 1;
      return failing(problem('server-error', { effect: 'unknown-finished' }));
    });

    await world.settle();

    expect(world.backend.tickets()).toHaveLength(19);
    expect(asked.filter((method) => method === 'probe')).toHaveLength(1);
    await live(world, 5_000);
    expect(world.backend.tickets()).toHaveLength(20);
  });
});
