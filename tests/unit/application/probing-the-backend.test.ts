import { BackendState } from '../../../src/application/probe-backend/backend-state.js';
import { ProbeBackend } from '../../../src/application/probe-backend/probe-backend.js';
import { TicketBackendError } from '../../../src/application/ports/ticket-backend-error.js';
import type { BackendProblem } from '../../../src/application/ports/ticket-backend.js';
import { firing, MINUTE } from '../../support/builders/alerts.js';
import { SilentDoorbell } from '../../support/world/fakes.js';
import { World } from '../../support/world/world.js';

const PROBLEM: BackendProblem = { problem: 'The project is closed.', remedy: 'Open it again.', stops: true };
const NOTICE: BackendProblem = { problem: 'He has left.', remedy: 'Name another.', stops: false };

/** A probe whose answer the test decides, in a world of its own. */
function probing(answer: { current: readonly BackendProblem[] | TicketBackendError }) {
  const world = new World();
  const state = new BackendState();
  const doorbell = new SilentDoorbell();
  const backend = {
    instance: world.backend.instance,
    probe: async () => {
      if (answer.current instanceof TicketBackendError) throw answer.current;
      return answer.current;
    },
  };
  const { store, clock, logger } = world;
  const ports = { store, clock, logger, doorbell, backend: Object.assign(world.backend, backend) };
  return { world, state, doorbell, probe: new ProbeBackend(ports, state) };
}

const down = new TicketBackendError('Nobody answers.', {
  reason: 'unavailable',
  retryable: true,
  effect: 'none',
});
const wrongKey = new TicketBackendError('The key is not accepted.', {
  reason: 'unauthorized',
  retryable: false,
  effect: 'none',
  remedy: 'Set REDMINE_API_KEY.',
});

describe('probing the ticket backend', () => {
  it('lets tickets be delivered once the backend has answered without a problem', async () => {
    const { state, probe, doorbell } = probing({ current: [] });
    expect(state.mayDeliver).toBe(false);

    await probe.execute();

    expect(state.mayDeliver).toBe(true);
    expect(doorbell.rings).toBe(1);
  });

  it('delivers all the same where only something beside it is wrong, which is told once and kept to be shown', async () => {
    const { state, probe, world } = probing({ current: [NOTICE] });

    await probe.execute();
    world.clock.advance(5 * MINUTE);
    await probe.execute();

    expect(state.mayDeliver).toBe(true);
    expect(state.condition).toEqual({ kind: 'ready', notices: [NOTICE] });
    expect(world.logger.lines.map(({ level }) => level)).toEqual(['info', 'warn']);
  });

  it.each([
    [[PROBLEM], 'parked'],
    [[NOTICE, PROBLEM], 'parked'],
    [down, 'unreachable'],
    [wrongKey, 'parked'],
  ] as const)('keeps tickets waiting otherwise (%#)', async (current, kind) => {
    const { state, probe, world } = probing({ current });

    const wait = await probe.execute();
    await probe.execute();

    expect(state.condition.kind).toBe(kind);
    expect(state.mayDeliver).toBe(false);
    expect(wait).toBeGreaterThan(0);
    expect(world.logger.lines).toHaveLength(1);
  });

  it('asks again only when it is time, or when a call made the backend doubtful', async () => {
    const answer: { current: readonly BackendProblem[] | TicketBackendError } = { current: [] };
    const { state, probe, world } = probing(answer);
    await probe.execute();
    answer.current = [PROBLEM];

    await probe.execute();
    expect(state.mayDeliver).toBe(true);

    state.suspect();
    await probe.execute();
    expect(state.condition).toEqual({ kind: 'parked', problems: [PROBLEM] });

    answer.current = [];
    world.clock.advance(MINUTE);
    await probe.execute();
    expect(state.mayDeliver).toBe(true);
  });

  it('resumes what waited as soon as the backend can be used again, but not after a mere doubt', async () => {
    const answer: { current: readonly BackendProblem[] } = { current: [] };
    const { probe, state, world } = probing(answer);
    const forbidden = new TicketBackendError('No.', {
      reason: 'forbidden',
      retryable: false,
      effect: 'none',
    });
    const open = world.backend.open.bind(world.backend);
    Object.assign(world.backend, { open: () => Promise.reject(forbidden) });
    await probe.execute();
    await world.hear(firing('A'));
    Object.assign(world.backend, { open });

    state.suspect();
    await probe.execute();
    await world.settle();
    expect(world.backend.tickets()).toHaveLength(0);

    answer.current = [PROBLEM];
    world.clock.advance(5 * MINUTE);
    await probe.execute();
    answer.current = [];
    world.clock.advance(MINUTE);
    await probe.execute();
    await world.settle();
    expect(world.backend.tickets()).toHaveLength(1);
  });
});
