import { BackendState } from '../../../src/application/probe-backend/backend-state.js';
import { ProbeBackend } from '../../../src/application/probe-backend/probe-backend.js';
import { TicketBackendError } from '../../../src/application/ports/ticket-backend-error.js';
import { MINUTE } from '../../support/builders/alerts.js';
import { CountingIdentifiers, SilentDoorbell } from '../../support/world/fakes.js';
import { World } from '../../support/world/world.js';

/** As a 429 without a time says it, and a limit of ours that leaves no turn. */
const TOO_MANY = new TicketBackendError('There are too many requests.', {
  reason: 'rate-limited',
  retryable: true,
  effect: 'none',
});
const DOWN = new TicketBackendError('Nobody answers.', {
  reason: 'unavailable',
  retryable: true,
  effect: 'none',
});

/** A probe that fails as the test says; `null`: it finds nothing wrong. */
function probing(answer: { failure: TicketBackendError | null }) {
  const { store, clock, logger, backend } = new World();
  const state = new BackendState();
  const ask = async () => {
    if (answer.failure !== null) throw answer.failure;
    return [];
  };
  const ports = { store, clock, logger, ids: new CountingIdentifiers(), doorbell: new SilentDoorbell() };
  const adoption = { isDone: async () => true, execute: async () => undefined };
  const probe = new ProbeBackend(
    { ...ports, backend: Object.assign(backend, { probe: ask }) },
    state,
    adoption,
  );
  return { probe, state, clock };
}

describe('a probe for which there are too many requests', () => {
  it('lets delivery go on, and is asked again later', async () => {
    const answer: { failure: TicketBackendError | null } = { failure: null };
    const { probe, state, clock } = probing(answer);
    await probe.execute();
    answer.failure = TOO_MANY;
    clock.advance(5 * MINUTE);

    expect(await probe.execute()).toBe(5 * MINUTE);
    expect(state.condition.kind).toBe('ready');

    answer.failure = DOWN;
    clock.advance(5 * MINUTE);
    await probe.execute();
    expect(state.condition.kind).toBe('unreachable');
  });

  it('lets nothing be delivered where the backend has not answered yet', async () => {
    const answer: { failure: TicketBackendError | null } = { failure: TOO_MANY };
    const { probe, state, clock } = probing(answer);

    const wait = await probe.execute();
    expect(state.mayDeliver).toBe(false);
    expect(wait).toBeGreaterThan(0);

    answer.failure = null;
    clock.advance(wait);
    await probe.execute();
    expect(state.mayDeliver).toBe(true);
  });
});
