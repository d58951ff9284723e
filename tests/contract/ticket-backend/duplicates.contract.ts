import { paragraph } from '../../../src/application/ports/ticket-text.js';
import { duplicateLineText } from '../../../src/application/ports/key-line.js';
import type { TicketBackend } from '../../../src/application/ports/ticket-backend.js';
import { aDraft, errorOf, keyOf, linesOf, seen, stored, type CurrentHarness } from './harness.js';

/** Two tickets of one key, the second marked as the copy of the first. */
async function aMarkedPair(
  backend: TicketBackend,
): Promise<{ readonly original: string; readonly copy: string }> {
  const { id: original } = await backend.open(aDraft(1));
  const { id: copy } = await backend.open(aDraft(1));
  await backend.markDuplicate(copy, original);
  return { original, copy };
}

export function describeDuplicates(current: CurrentHarness): void {
  describe('isUntouched', () => {
    test('is true of a ticket that was opened and left alone', async () => {
      const { backend } = current();
      const { id: original } = await backend.open(aDraft(1));
      const { id: copy } = await backend.open(aDraft(1));

      expect(await backend.isUntouched(original)).toBe(true);
      expect(await backend.isUntouched(copy)).toBe(true);
    });

    test('is true of a child', async () => {
      const { backend } = current();
      const { id: root } = await backend.open(aDraft(1));
      const { id: child } = await backend.open(aDraft(2, { parentId: root }));

      expect(await backend.isUntouched(child)).toBe(true);
    });

    test('is false of a copy that a person made, key line and all', async () => {
      const { backend } = current();
      const { id: original } = await backend.open(aDraft(1));
      const { description } = await stored(current(), original);

      const copy = await current().personOpens({ description, parentId: null });

      expect(await backend.isUntouched(copy)).toBe(false);
    });

    test('is false once a person has changed its status', async () => {
      const { backend } = current();
      const { id } = await backend.open(aDraft(1));
      await current().personSets(id, 'closed');
      await current().personSets(id, 'open');

      expect(await backend.isUntouched(id)).toBe(false);
    });

    test('is false once a person has changed its description', async () => {
      const { backend } = current();
      const { id } = await backend.open(aDraft(1));
      const { description } = await stored(current(), id);
      await current().personEdits(id, `More is known.\n\n${description}`);

      expect(await backend.isUntouched(id)).toBe(false);
    });

    test('is false once it has a note', async () => {
      const { backend } = current();
      const { id } = await backend.open(aDraft(1));
      await backend.update(id, { note: [paragraph('Seen.')] });

      expect(await backend.isUntouched(id)).toBe(false);
    });

    test.each(['987654', '', 'abc'])('of the missing ticket "%s" is an error', async (id) => {
      const error = await errorOf(current().backend.isUntouched(id));

      expect(error).toMatchObject({ reason: 'not-found', effect: 'none', retryable: false });
    });
  });

  describe('markDuplicate', () => {
    test('closes the ticket and takes its key line from it', async () => {
      const { copy } = await aMarkedPair(current().backend);

      expect(await seen(current().backend, copy)).toMatchObject({ status: 'closed', keyLine: null });
      expect((await stored(current(), copy)).status).toBe('closed');
    });

    test('says in place of the key line what it is a duplicate of, and keeps the text', async () => {
      const { original, copy } = await aMarkedPair(current().backend);

      const { description } = await stored(current(), copy);
      expect(linesOf(description).at(-1)).toBe(duplicateLineText(original));
      expect(description).toContain('host1');
      expect(description).not.toContain(keyOf(1));
    });

    test('leaves the original as it was, the only one of its key', async () => {
      const { original } = await aMarkedPair(current().backend);

      const found = await current().backend.findByKey(keyOf(1));
      expect(found.map((ticket) => [ticket.id, ticket.status])).toEqual([[original, 'open']]);
    });

    test('is harmless when called twice', async () => {
      const { original, copy } = await aMarkedPair(current().backend);
      const once = await stored(current(), copy);

      await current().backend.markDuplicate(copy, original);

      expect(await stored(current(), copy)).toEqual(once);
    });

    test('rewrites the key line of a ticket that is closed already', async () => {
      const { backend } = current();
      const { id: original } = await backend.open(aDraft(1));
      const { id: copy } = await backend.open(aDraft(1));
      await backend.update(copy, { status: 'closed' });

      await backend.markDuplicate(copy, original);

      expect(await seen(backend, copy)).toMatchObject({ status: 'closed', keyLine: null });
    });

    test('leaves what cannot be closed as it was, with its key line: a ticket with an open subtask', async () => {
      const { backend } = current();
      const { id: original } = await backend.open(aDraft(1));
      const { id: copy } = await backend.open(aDraft(1));
      await current().personOpens({ description: 'By hand.', parentId: copy });
      const before = await stored(current(), copy);

      await backend.markDuplicate(copy, original);

      expect(await stored(current(), copy)).toEqual(before);
      expect(await seen(backend, copy)).toMatchObject({ status: 'open', keyLine: { key: keyOf(1) } });
    });

    test.each(['987654', '', 'abc', '-1'])('of the missing ticket "%s" is an error', async (id) => {
      const { id: original } = await current().backend.open(aDraft(1));

      const error = await errorOf(current().backend.markDuplicate(id, original));

      expect(error).toMatchObject({ reason: 'not-found', effect: 'none', retryable: false });
      expect(await current().allIds()).toEqual([original]);
    });
  });
}
