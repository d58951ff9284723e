import { TicketBackendError } from '../../../src/application/ports/ticket-backend-error.js';
import { paragraph } from '../../../src/application/ports/ticket-text.js';
import type { DecideFault } from '../../support/in-memory-ticket-backend/fault.js';
import { InMemoryTicketBackend } from '../../support/in-memory-ticket-backend/in-memory-ticket-backend.js';
import { aDraft, errorOf, keyOf, type InspectedTicket, type TicketBackendHarness } from './harness.js';
import { describeTicketBackend } from './ticket-backend.contract.js';

const PEOPLE = { open: 'personReopens', resolved: 'personResolves', closed: 'personCloses' } as const;

const unreachable = new TicketBackendError('The server cannot be reached.', {
  reason: 'unavailable',
  retryable: true,
  effect: 'none',
});

async function createHarness(): Promise<TicketBackendHarness> {
  let cut = false;
  const backend = new InMemoryTicketBackend({
    fault: () => (cut ? { kind: 'error', error: unreachable } : null),
  });
  return {
    backend,
    keepsStatusOfNotes: true,
    inspect: async (id) => inspect(backend, id),
    allIds: async () => backend.tickets().map((ticket) => ticket.id),
    personOpens: async (ticket) => backend.personOpens({ subject: 'By hand', ...ticket }) ?? '',
    personSets: async (id, status) => {
      backend[PEOPLE[status]](id);
    },
    personEdits: async (id, description) => backend.personEdits(id, description),
    personDeletes: async (id) => backend.personDeletes(id),
    letTimePass: async () => {},
    cutOff: async () => {
      cut = true;
    },
    dispose: async () => {},
  };
}

function inspect(backend: InMemoryTicketBackend, id: string): InspectedTicket | null {
  const ticket = backend.tickets().find((other) => other.id === id);
  if (ticket === undefined) return null;
  const { subject, description, notes, status, parentId } = ticket;
  return { subject, description, notes, status, parentId };
}

describeTicketBackend('the in-memory fake', createHarness);

/** A fake that does as told with every write after the first, an open root of id 1. */
async function aFaulty(fault: ReturnType<DecideFault>): Promise<InMemoryTicketBackend> {
  let armed = false;
  const backend = new InMemoryTicketBackend({
    fault: ({ method }) => (armed && ['open', 'update'].includes(method) ? fault : null),
  });
  await backend.open(aDraft(1));
  armed = true;
  return backend;
}

describe('the faults of the in-memory fake', () => {
  test.each(['unknown-finished', 'unknown-pending'] as const)(
    'does it and loses the answer: %s',
    async (effect) => {
      const backend = await aFaulty({ kind: 'answer-lost', effect });

      const error = await errorOf(backend.open(aDraft(2)));

      expect(error).toMatchObject({ effect, retryable: true });
      expect(await backend.findByKey(keyOf(2))).toHaveLength(1);
      expect(backend.writes).toEqual([
        { kind: 'open', id: '1' },
        { kind: 'open', id: '2' },
      ]);
    },
  );

  test('loses the answer that refuses as well', async () => {
    const backend = await aFaulty({ kind: 'answer-lost', effect: 'unknown-finished' });

    const error = await errorOf(backend.open(aDraft(2, { parentId: '9' })));

    expect(error.effect).toBe('unknown-finished');
    expect(backend.tickets()).toHaveLength(1);
  });

  test('loses the call', async () => {
    const backend = await aFaulty({ kind: 'call-lost' });

    const error = await errorOf(backend.open(aDraft(2)));
    backend.commitLate();

    expect(error).toMatchObject({ effect: 'unknown-pending', retryable: true });
    expect(backend.tickets()).toHaveLength(1);
  });

  test('does it late, once, in order', async () => {
    const backend = await aFaulty({ kind: 'late' });
    await errorOf(backend.open(aDraft(2, { parentId: '1' })));
    await errorOf(backend.update('1', { status: 'closed', note: [paragraph('It is over.')] }));
    expect(backend.tickets()).toMatchObject([{ id: '1', notes: [] }]);

    backend.commitLate();
    backend.commitLate();

    expect(backend.tickets()).toMatchObject([
      { id: '1', status: 'open', notes: ['It is over.'] },
      { id: '2', status: 'open', parentId: '1' },
    ]);
  });

  test('refuses late what has become impossible meanwhile', async () => {
    const backend = await aFaulty({ kind: 'late' });
    await errorOf(backend.open(aDraft(2, { parentId: '1' })));
    backend.personCloses('1');

    backend.commitLate();

    expect(backend.tickets()).toHaveLength(1);
  });

  test('takes the note and leaves the status', async () => {
    const backend = await aFaulty({ kind: 'status-refused' });

    await backend.update('1', { status: 'closed', note: [paragraph('It is over.')] });

    expect(backend.tickets()).toMatchObject([{ status: 'open', notes: ['It is over.'] }]);
  });
});

describe('the people of the in-memory fake', () => {
  test('obey the rules for parents and children', async () => {
    const backend = new InMemoryTicketBackend();
    const { id: root } = await backend.open(aDraft(1));
    const subtask = backend.personAddsSubtask(root) ?? '';

    expect(backend.personCloses(root)).toBe(false);
    expect(backend.personCloses(subtask)).toBe(true);
    expect(backend.personCloses(root)).toBe(true);
    expect(backend.personReopens(subtask)).toBe(false);
    expect(backend.personAddsSubtask(root)).toBeNull();
  });

  test('strip a key line, which nobody finds again', async () => {
    const backend = new InMemoryTicketBackend();
    const { id, changedAt } = await backend.open(aDraft(1));

    backend.personStripsKeyLine(id);

    expect(backend.tickets()).toMatchObject([{ keyLine: null, description: 'instance: host1' }]);
    expect(await backend.findByKey(keyOf(1))).toEqual([]);
    const ticket = (await backend.fetchMany([id])).get(id);
    expect(ticket).not.toMatchObject({ changedAt });
  });
});
