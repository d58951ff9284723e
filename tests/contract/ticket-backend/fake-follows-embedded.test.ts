import * as fc from 'fast-check';
import { TicketBackendError } from '../../../src/application/ports/ticket-backend-error.js';
import type { TicketBackend, TicketSnapshot } from '../../../src/application/ports/ticket-backend.js';
import { paragraph } from '../../../src/application/ports/ticket-text.js';
import { InMemoryTicketBackend } from '../../support/in-memory-ticket-backend/in-memory-ticket-backend.js';
import { createEmbeddedHarness } from './embedded-harness.js';
import { aDraft, keyOf } from './harness.js';

const STEPS = 30;

type Step = (backend: TicketBackend) => Promise<unknown>;

/** Both give ids in order: of the family at the start, of what follows, of tickets that there are not. */
const id = fc.integer({ min: 1, max: 5 }).map(String);
const key = fc.integer({ min: 1, max: 4 });
const status = fc.constantFrom('open', 'closed');
const words = fc.string({ unit: 'binary', maxLength: 12 });

const open = fc.tuple(key, fc.option(id), words).map(([number, parentId, subject]): Step => {
  const draft = aDraft(number, { parentId, subject, description: [paragraph(subject)] });
  return (backend) => backend.open(draft);
});
const move = fc.tuple(id, status).map(([ticket, wanted]): Step => {
  return (backend) => backend.update(ticket, { status: wanted });
});
const moveWithNote = fc.tuple(id, status, words).map(([ticket, wanted, text]): Step => {
  return (backend) => backend.update(ticket, { status: wanted, note: [paragraph(text)] });
});
const fold = fc.tuple(id, id).map(([copy, original]): Step => {
  return (backend) => backend.markDuplicate(copy, original);
});
const explain = fc.tuple(id, status).map(([ticket, wanted]): Step => {
  return (backend) => backend.obstaclesTo(ticket, wanted);
});
const find = key.map(
  (number): Step =>
    (backend) =>
      backend.findByKey(keyOf(number)),
);

const step = fc.oneof(
  { weight: 6, arbitrary: move },
  ...[open, moveWithNote, fold, explain, find].map((arbitrary) => ({ weight: 1, arbitrary })),
);

const FAMILY: readonly Step[] = [null, '1', '1'].map(
  (parentId, index) => (backend) => backend.open(aDraft(index, { parentId })),
);

/** What the call came to, without what each backend may put in its own way. */
async function outcome(call: Promise<unknown>): Promise<unknown> {
  try {
    return JSON.parse(JSON.stringify((await call) ?? null, withoutOwnWays));
  } catch (error) {
    if (!(error instanceof TicketBackendError)) throw error;
    const { reason, effect, retryable } = error;
    return { reason, effect, retryable };
  }
}

function withoutOwnWays(name: string, value: unknown): unknown {
  if (name === 'changedAt') return undefined;
  return typeof value === 'string' ? value.replace(/^(?:Its subtask|Subtask|Its parent|Parent)/, '') : value;
}

async function everything(backend: TicketBackend): Promise<readonly unknown[]> {
  const tickets = await backend.fetchMany(
    Array.from({ length: FAMILY.length + STEPS }, (_, index) => String(index + 1)),
  );
  const existing = [...tickets.values()].filter((ticket): ticket is TicketSnapshot => ticket !== 'missing');
  return Promise.all(
    existing.map(async (ticket) => {
      const notes = await backend.notesOf(ticket.id);
      return { ...ticket, changedAt: '', notes: notes.map(({ text }) => text) };
    }),
  );
}

test('the in-memory fake does whatever the embedded tracker does', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: STEPS }), async (steps) => {
      const harness = await createEmbeddedHarness();
      const fake = new InMemoryTicketBackend();
      try {
        for (const take of [...FAMILY, ...steps]) {
          expect(await outcome(take(fake))).toEqual(await outcome(take(harness.backend)));
        }
        expect(await everything(fake)).toEqual(await everything(harness.backend));
      } finally {
        await harness.dispose();
      }
    }),
    { numRuns: 150 },
  );
});
