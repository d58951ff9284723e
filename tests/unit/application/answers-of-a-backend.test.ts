import { TicketBackendError } from '../../../src/application/ports/ticket-backend-error.js';
import { firing, HOUR, MINUTE, resolved } from '../../support/builders/alerts.js';
import type { BackendCall, Fault } from '../../support/in-memory-ticket-backend/fault.js';
import { World } from '../../support/world/world.js';

type Given = Pick<TicketBackendError, 'reason' | 'retryable' | 'effect'> & { readonly remedy?: string };

function error(given: Given): Fault {
  return { kind: 'error', error: new TicketBackendError(`It is ${given.reason}.`, given) };
}

const CONFLICT = error({ reason: 'conflict', retryable: true, effect: 'none' });
const NOT_FOUND = error({ reason: 'not-found', retryable: false, effect: 'none' });
/** A page of a proxy instead of an answer: the write may have been done, or may be lost. */
const PAGE = error({ reason: 'invalid-response', retryable: true, effect: 'unknown-pending' });

interface Called {
  readonly method: BackendCall['method'];
  /** Milliseconds since the test began. */
  readonly at: number;
}

/** A world that remembers what the backend was asked, and when; the first calls of a method go wrong. */
function recording(method: BackendCall['method'], faults: readonly Fault[]) {
  const called: Called[] = [];
  let left = [...faults];
  const world: World = new World(
    {},
    {
      fault: (call) => {
        called.push({ method: call.method, at: world.clock.now() - beginning });
        return call.method === method ? (left.shift() ?? null) : null;
      },
    },
  );
  const beginning = world.clock.now();
  const times = (asked: BackendCall['method']) =>
    called.filter((one) => one.method === asked).map(({ at }) => at);
  return { world, times, mend: () => (left = []), forget: () => (called.length = 0) };
}

async function live(world: World, milliseconds: number): Promise<void> {
  const end = world.clock.now() + milliseconds;
  while (world.clock.now() < end) await world.pass(1_000);
}

const parkedIn = async (world: World) => {
  const { groups } = await world.store.list('parked', 1, 10);
  return groups.flatMap(({ tickets }) => tickets.flatMap(({ parked }) => parked ?? []));
};

describe('a create of which nobody knows what came', () => {
  it('is looked for at once where the backend is done with it', async () => {
    const { world, times } = recording('open', [{ kind: 'answer-lost', effect: 'unknown-finished' }]);

    await world.hear(firing('A'));

    expect(times('findByKey')).toEqual([0]);
    expect(times('open')).toEqual([0]);
    expect(world.backend.tickets()).toHaveLength(1);
  });

  it.each([
    ['no answer', { kind: 'answer-lost', effect: 'unknown-pending' } as const],
    ['a page of a proxy', PAGE],
  ])('is looked for when it cannot come any more, and not before: %s', async (_, fault) => {
    const { world, times } = recording('open', [fault]);

    await world.hear(firing('A'));
    await live(world, 119_000);
    expect(times('findByKey')).toEqual([]);
    await live(world, 10_000);

    expect(times('findByKey')).toHaveLength(1);
    expect(world.backend.tickets()).toHaveLength(1);
    expect(world.backend.writes).toHaveLength(1);
  });
});

describe('a note of which nobody knows what came', () => {
  it.each([
    ['done, and finished', { kind: 'answer-lost', effect: 'unknown-finished' } as const, 0],
    ['done, and perhaps not finished', { kind: 'answer-lost', effect: 'unknown-pending' } as const, 120_000],
    [
      'not done, and finished',
      error({ reason: 'server-error', retryable: true, effect: 'unknown-finished' }),
      0,
    ],
    ['not done, and perhaps not finished', { kind: 'call-lost' } as const, 120_000],
    ['a page of a proxy', PAGE, 120_000],
  ])('is looked for, and sent again only if it is not there: %s', async (_, fault, wait) => {
    const { world, times, forget } = recording('update', [fault]);
    await world.hear(firing('A'));
    forget();

    await world.post(resolved('A'));
    await live(world, 5 * MINUTE);

    const [first = 0] = times('update');
    const [asked = 0] = times('notesOf');
    expect(asked - first).toBeGreaterThanOrEqual(wait);
    expect(asked - first).toBeLessThan(wait + 3_000);
    expect(world.backend.tickets()[0]).toMatchObject({ status: 'closed', notes: [expect.any(String)] });
    expect(times('update')).toHaveLength(fault.kind === 'answer-lost' ? 1 : 2);
  });
});

describe('a conflict', () => {
  it('is tried again by itself, ever later', async () => {
    const { world, times, forget } = recording('update', [CONFLICT, CONFLICT, CONFLICT]);
    await world.hear(firing('A'));
    forget();

    await world.post(resolved('A'));
    await live(world, MINUTE);

    const waits = times('update').map((at, index, all) => at - (all[index - 1] ?? at));
    expect(waits).toEqual(waits.toSorted((one, other) => one - other));
    expect(waits).toHaveLength(4);
    expect(world.backend.tickets()[0]?.status).toBe('closed');
    expect(await parkedIn(world)).toEqual([]);
  });

  it('that does not end is shown after five tries, and tried further', async () => {
    const { world, mend, times } = recording(
      'update',
      Array.from({ length: 1_000 }, () => CONFLICT),
    );
    await world.hear(firing('A'));
    await world.post(resolved('A'));
    while (times('update').length < 4) await world.pass(1_000);
    expect(await parkedIn(world)).toEqual([]);

    await live(world, HOUR);
    expect(await parkedIn(world)).toMatchObject([{ reason: 'conflict', remedy: 'It is conflict.' }]);
    expect(times('update').length).toBeLessThan(25);

    mend();
    await live(world, 6 * MINUTE);
    expect(world.backend.tickets()[0]?.status).toBe('closed');
    expect(await parkedIn(world)).toEqual([]);
  });
});

describe('a ticket that is said not to be there', () => {
  it('is read before that is believed, and is a decision of people then', async () => {
    const { world, forget, times } = recording('update', []);
    await world.hear(firing('A'), firing('B'));
    world.backend.personDeletes('2');
    forget();

    await world.post(resolved('B'));
    await live(world, MINUTE);

    expect(times('fetchMany').length).toBeGreaterThan(0);
    expect((await parkedIn(world)).length).toBe(0);
    await world.hear(firing('B', { startsAt: 5 }));
    expect(world.backend.tickets().map(({ id }) => id)).toEqual(['1', '3']);
  });

  it('and is there all the same is written to a little later', async () => {
    const { world } = recording('update', [NOT_FOUND]);
    await world.hear(firing('A'));

    await world.post(resolved('A'));
    await live(world, 5_000);

    expect(world.backend.tickets()[0]?.status).toBe('closed');
  });
});

describe('a look at a refused ticket', () => {
  it('that fails is tried again soon, not never', async () => {
    let isBroken = false;
    let failures = 0;
    const broken = error({ reason: 'server-error', retryable: true, effect: 'none' });
    const world = new World(
      {},
      {
        fault: ({ method }) => {
          if (!isBroken || method !== 'fetchMany') return null;
          failures += 1;
          return broken;
        },
      },
    );
    await world.hear(firing('A'));
    const subtask = world.backend.personAddsSubtask('1') ?? '';
    await world.hear(resolved('A'));
    expect(world.backend.tickets()[0]?.status).toBe('open');
    isBroken = true;
    await live(world, 11 * MINUTE);
    expect(failures).toBeGreaterThan(1);

    isBroken = false;
    world.backend.personCloses(subtask);
    await live(world, HOUR);
    expect(world.backend.tickets()[0]?.status).toBe('closed');
  });
});

describe('what only somebody can mend', () => {
  it.each([
    ['a redirect', 'invalid-response'],
    ['another user, 401 or 412', 'unauthorized'],
    ['a right that was lost', 'forbidden'],
  ] as const)(
    'parks the backend as a whole, and all goes on by itself when it is mended: %s',
    async (_, reason) => {
      let isWrong = false;
      const fault = error({ reason, retryable: false, effect: 'none', remedy: 'Mend it.' });
      const world = new World({}, { fault: () => (isWrong ? fault : null) });
      await world.hear(firing('A'));
      isWrong = true;

      await world.post(firing('B'), resolved('A'), firing('Z', { name: 'AnotherAlert' }));
      await live(world, HOUR);
      expect(world.backendState.condition).toMatchObject({
        kind: 'parked',
        problems: [{ remedy: 'Mend it.', stops: true }],
      });
      expect(world.backend.tickets()).toHaveLength(1);

      isWrong = false;
      await live(world, 2 * MINUTE);
      expect(world.backend.tickets()).toHaveLength(3);
      expect(await parkedIn(world)).toEqual([]);
    },
  );
});
