import { failureOf } from '../../../src/application/deliver-group/call-backend.js';
import { BackendState } from '../../../src/application/probe-backend/backend-state.js';
import { ProbeBackend } from '../../../src/application/probe-backend/probe-backend.js';
import { TicketBackendError } from '../../../src/application/ports/ticket-backend-error.js';
import type { BackendProblem } from '../../../src/application/ports/ticket-backend.js';
import { firing, MINUTE } from '../../support/builders/alerts.js';
import { CountingIdentifiers, SilentDoorbell } from '../../support/world/fakes.js';
import { World } from '../../support/world/world.js';

const PROBLEM: BackendProblem = { problem: 'The project is closed.', remedy: 'Open it again.', stops: true };
const NOTICE: BackendProblem = { problem: 'He has left.', remedy: 'Name another.', stops: false };

/** Open tickets that are taken in, unless the test says otherwise. */
class ScriptedAdoption {
  wasDone = true;
  problem: TicketBackendError | null = null;
  /** What was known of the backend each time that it was done. */
  readonly during: string[] = [];

  constructor(private readonly state: BackendState) {}

  async isDone(): Promise<boolean> {
    return this.wasDone;
  }

  async execute(): Promise<void> {
    this.during.push(this.state.condition.kind);
    if (this.problem !== null) throw this.problem;
    this.wasDone = true;
  }
}

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
  const ids = new CountingIdentifiers();
  const ports = { store, clock, ids, logger, doorbell, backend: Object.assign(world.backend, backend) };
  const adoption = new ScriptedAdoption(state);
  return { world, state, doorbell, adoption, probe: new ProbeBackend(ports, state, adoption) };
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

  it('asks ever less often while nobody answers, and soon again after the next answer', async () => {
    const answer: { current: readonly BackendProblem[] | TicketBackendError } = { current: down };
    const { probe, state, world } = probing(answer);
    const waits: number[] = [];
    for (let tries = 0; tries < 7; tries += 1) {
      waits.push(await probe.execute());
      world.clock.advance(waits.at(-1) ?? 0);
    }
    // By chance 0.5, three quarters of 5 s, 10 s and so on up to a minute.
    expect(waits).toEqual([3_750, 7_500, 15_000, 30_000, 45_000, 45_000, 45_000]);

    answer.current = [];
    await probe.execute();
    answer.current = down;
    state.suspect();
    expect(await probe.execute()).toBe(3_750);
  });

  it.each(['a probe', 'a call'])(
    'asks nothing while the backend is to be left alone, as %s was told',
    async (who) => {
      const answer: { current: readonly BackendProblem[] | TicketBackendError } = { current: [] };
      const { probe, state, world } = probing(answer);
      await probe.execute();
      const busy = new TicketBackendError('Redmine answered 503.', {
        reason: 'unavailable',
        retryable: true,
        effect: 'none',
        retryAfterMs: 8 * MINUTE,
      });
      const until = world.clock.now() + 8 * MINUTE;
      if (who === 'a call') state.heard(failureOf(busy, 0, 0), world.clock.now());
      else {
        answer.current = busy;
        state.suspect();
      }

      await probe.execute();
      answer.current = [];
      world.clock.advance(8 * MINUTE - 1);
      expect(await probe.execute()).toBe(1);

      expect(state.condition).toEqual({
        kind: 'unreachable',
        problem: 'Redmine answered 503.',
        restsUntil: until,
      });
      expect(world.logger.linesOf('ticket backend does not answer, tickets wait')).toEqual([
        expect.objectContaining({
          fields: expect.objectContaining({ until: new Date(until).toISOString() }),
        }),
      ]);
      world.clock.advance(1);
      await probe.execute();
      expect(state.mayDeliver).toBe(true);
    },
  );

  it('has an emptied store take in the open tickets before any is delivered, once, and tries again after a failure', async () => {
    const { state, probe, world, adoption } = probing({ current: [] });
    adoption.wasDone = false;
    adoption.problem = down;

    await probe.execute();
    expect(state.condition).toMatchObject({ kind: 'unreachable', problem: 'Nobody answers.' });

    adoption.problem = null;
    world.clock.advance(MINUTE);
    await probe.execute();
    expect(state.mayDeliver).toBe(true);

    world.clock.advance(5 * MINUTE);
    adoption.wasDone = false;
    await probe.execute();
    expect(adoption.during).toEqual(['adopting', 'adopting']);
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
