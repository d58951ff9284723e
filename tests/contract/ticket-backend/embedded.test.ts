import type { TicketBackend } from '../../../src/application/ports/ticket-backend.js';
import { paragraph } from '../../../src/application/ports/ticket-text.js';
import { SqlTracker } from '../../../src/infrastructure/persistence/embedded-tracker/sql-tracker.js';
import { EmbeddedTicketBackend } from '../../../src/infrastructure/tickets/embedded/embedded-ticket-backend.js';
import { CLOCK, createEmbeddedHarness, NOW, type EmbeddedHarness } from './embedded-harness.js';
import { aDraft, errorOf, seen, stored } from './harness.js';
import { describeTicketBackend } from './ticket-backend.contract.js';

describeTicketBackend('the embedded tracker', createEmbeddedHarness);

describe('the embedded tracker', () => {
  let harness: EmbeddedHarness;
  let backend: TicketBackend;

  beforeEach(async () => {
    harness = await createEmbeddedHarness();
    backend = harness.backend;
  });

  afterEach(() => harness.dispose());

  test('is one place, and nothing appears there late', () => {
    expect(backend.instance).toBe('embedded');
    expect(backend.lateCommitMs).toBe(0);
  });

  test('numbers tickets 1, 2, 3 and gives the number of a deleted one to nobody', async () => {
    const { id: one } = await backend.open(aDraft(1));
    const { id: two } = await backend.open(aDraft(2));
    await harness.personDeletes(two);

    const { id: three } = await backend.open(aDraft(3));

    expect([one, two, three]).toEqual(['1', '2', '3']);
  });

  test('shortens a subject to 255 characters, whatever these are made of', async () => {
    const { id } = await backend.open(aDraft(1, { subject: '🔥'.repeat(300) }));

    expect(Array.from((await stored(harness, id)).subject)).toHaveLength(255);
  });

  test('stores text as plain text', async () => {
    const { id } = await backend.open(
      aDraft(1, {
        description: [
          paragraph(
            'See ',
            { url: 'https://example.org/', label: 'graph' },
            ', after ',
            { ticket: '7' },
            '.',
          ),
          {
            kind: 'fields',
            rows: [
              ['instance', 'a\nb'],
              ['job', '<b>'],
            ],
          },
          { kind: 'list', items: ['one', 'two\r\nthree'] },
          { kind: 'list', items: [] },
        ],
      }),
    );

    const lines = (await stored(harness, id)).description.split('\n').slice(0, -1);
    expect(lines).toEqual([
      'See graph (https://example.org/), after #7.',
      '',
      'instance: a b',
      'job: <b>',
      '',
      '- one',
      '- two three',
      '',
    ]);
  });

  test('records the time of its clock', async () => {
    const { id } = await backend.open(aDraft(1));
    await backend.update(id, { note: [paragraph('It fired again.')] });

    const ticket = await harness.database.selectFrom('embedded_ticket').selectAll().executeTakeFirstOrThrow();
    const note = await harness.database.selectFrom('embedded_note').selectAll().executeTakeFirstOrThrow();

    expect(ticket).toMatchObject({ created_at: NOW, updated_at: NOW });
    expect(note.created_at).toBe(NOW);
  });

  test('never shows an open child under a closed root, however many write at once', async () => {
    const roots = await Promise.all([1, 2, 3, 4, 5].map((number) => backend.open(aDraft(number))));

    await Promise.allSettled(
      roots.flatMap(({ id }, index) => [
        ...(index % 2 === 0 ? [backend.open(aDraft(10 + index, { parentId: id }))] : []),
        backend.update(id, { status: 'closed' }),
        backend.open(aDraft(20 + index, { parentId: id })),
      ]),
    );

    for (const id of await harness.allIds()) {
      const { status, parentId } = await seen(backend, id);
      if (status === 'closed' || parentId === null) continue;
      expect((await seen(backend, parentId)).status).toBe('open');
    }
  });

  test('changes a root with its children, so that a refused close is tried again', async () => {
    const { id: root } = await backend.open(aDraft(1));
    const { id: child } = await backend.open(aDraft(2, { parentId: root }));
    await backend.update(root, { status: 'closed' });
    const { changedAt } = await seen(backend, root);

    await backend.update(child, { status: 'closed' });

    expect((await seen(backend, root)).changedAt).not.toBe(changedAt);
  });

  test('leaves changedAt alone where a refused close changed nothing', async () => {
    const { id: root } = await backend.open(aDraft(1));
    await backend.open(aDraft(2, { parentId: root }));
    const before = await seen(backend, root);

    await backend.update(root, { status: 'closed' });

    expect(await seen(backend, root)).toEqual(before);
  });

  test('stores nothing of a write that fails half way', async () => {
    const { id } = await backend.open(aDraft(1));
    await harness.database.schema.dropTable('embedded_note').execute();

    const error = await errorOf(backend.update(id, { status: 'closed', note: [paragraph('It is over.')] }));

    expect(error).toMatchObject({ reason: 'unavailable', retryable: true, effect: 'none' });
    expect((await seen(backend, id)).status).toBe('open');
  });

  test('cannot be sure of a write whose commit went unanswered', async () => {
    class AnswerlessTracker extends SqlTracker {
      override async write<T>(...args: Parameters<SqlTracker['write']>): Promise<T> {
        await super.write(...args);
        throw new Error('connection lost');
      }
    }
    const answerless = new EmbeddedTicketBackend(new AnswerlessTracker(harness.database), CLOCK);

    const error = await errorOf(answerless.open(aDraft(1)));

    expect(error).toMatchObject({ reason: 'unavailable', retryable: true, effect: 'unknown-finished' });
    expect(await backend.findByKey(aDraft(1).key)).toHaveLength(1);
  });

  test('answers any number of ids', async () => {
    const { id } = await backend.open(aDraft(1));
    const ids = Array.from({ length: 2500 }, (_, index) => String(2500 - index));

    const tickets = await backend.fetchMany(ids);

    expect(tickets.size).toBe(2500);
    expect([...tickets].filter(([, ticket]) => ticket !== 'missing').map(([known]) => known)).toEqual([id]);
  });

  test('begins at the beginning for a cursor that it cannot read', async () => {
    const { id } = await backend.open(aDraft(1));

    expect((await backend.changedSince('2026-06-16T02:46:00Z')).tickets).toMatchObject([{ id }]);
    expect((await backend.findOurs('a place elsewhere', 'everywhere')).tickets).toMatchObject([{ id }]);
  });
});
