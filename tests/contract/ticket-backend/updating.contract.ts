import type { TicketText } from '../../../src/application/ports/ticket-text.js';
import { paragraph } from '../../../src/application/ports/ticket-text.js';
import { aDraft, errorOf, seen, stored, type CurrentHarness } from './harness.js';

const note = (words: string): TicketText => [paragraph(words)];

export function describeUpdating(current: CurrentHarness): void {
  /** A root with one child, both open. */
  async function aFamily(): Promise<{ readonly root: string; readonly child: string }> {
    const { id: root } = await current().backend.open(aDraft(1));
    const { id: child } = await current().backend.open(aDraft(2, { parentId: root }));
    return { root, child };
  }

  const statusOf = async (id: string) => (await seen(current().backend, id)).status;

  describe('update', () => {
    test('closes and reopens a ticket', async () => {
      const { backend } = current();
      const { id } = await backend.open(aDraft(1));

      await backend.update(id, { status: 'closed' });

      expect(await statusOf(id)).toBe('closed');
      expect((await stored(current(), id)).status).toBe('closed');

      await backend.update(id, { status: 'open' });

      expect(await statusOf(id)).toBe('open');
      expect((await stored(current(), id)).status).toBe('open');
    });

    test('adds a note and leaves the status alone', async () => {
      const { backend } = current();
      const { id } = await backend.open(aDraft(1));

      await backend.update(id, { note: note('It fired again.') });

      expect(await statusOf(id)).toBe('open');
      expect((await stored(current(), id)).notes).toEqual(['It fired again.']);
    });

    test('takes a status and a note in one call', async () => {
      const { backend } = current();
      const { id } = await backend.open(aDraft(1));

      await backend.update(id, { status: 'closed', note: note('It is over.') });

      expect(await stored(current(), id)).toMatchObject({ status: 'closed', notes: ['It is over.'] });
    });

    test('adds a note to a closed ticket, which stays closed', async () => {
      const { backend } = current();
      const { id } = await backend.open(aDraft(1));
      await backend.update(id, { status: 'closed' });

      await backend.update(id, { note: note('An afterthought.') });

      expect(await stored(current(), id)).toMatchObject({ status: 'closed', notes: ['An afterthought.'] });
    });

    test('leaves subject, description, parent and key line as they are', async () => {
      const { root, child } = await aFamily();
      const before = await stored(current(), child);

      await current().backend.update(child, { status: 'closed', note: note('It is over.') });

      const after = await stored(current(), child);
      expect(after).toEqual({ ...before, status: 'closed', notes: ['It is over.'] });
      expect(after.parentId).toBe(root);
    });

    test('shows a root with an open child as still open, and keeps the note', async () => {
      const { root } = await aFamily();

      await current().backend.update(root, { status: 'closed', note: note('No member fires.') });

      expect(await statusOf(root)).toBe('open');
      expect(await stored(current(), root)).toMatchObject({ status: 'open', notes: ['No member fires.'] });
    });

    test('shows a root with a resolved child as still open', async () => {
      const { root, child } = await aFamily();
      await current().personSets(child, 'resolved');

      await current().backend.update(root, { status: 'closed' });

      expect(await statusOf(root)).toBe('open');
    });

    test('closes a root once its children are closed or deleted', async () => {
      const { root, child } = await aFamily();
      const { id: other } = await current().backend.open(aDraft(3, { parentId: root }));

      await current().backend.update(child, { status: 'closed' });
      await current().personDeletes(other);
      await current().backend.update(root, { status: 'closed' });

      expect(await statusOf(root)).toBe('closed');
    });

    test('shows a child of a closed root as still closed, and keeps the note', async () => {
      const { root, child } = await aFamily();
      await current().backend.update(child, { status: 'closed' });
      await current().backend.update(root, { status: 'closed' });

      await current().backend.update(child, { status: 'open', note: note('It fired again.') });

      expect(await statusOf(child)).toBe('closed');
      expect(await stored(current(), child)).toMatchObject({ status: 'closed', notes: ['It fired again.'] });
    });

    test('reopens a child once its root is open again', async () => {
      const { root, child } = await aFamily();
      await current().backend.update(child, { status: 'closed' });
      await current().backend.update(root, { status: 'closed' });

      await current().backend.update(root, { status: 'open' });
      await current().backend.update(child, { status: 'open' });

      expect(await statusOf(root)).toBe('open');
      expect(await statusOf(child)).toBe('open');
    });

    test.each(['open', 'closed'] as const)('is harmless when it asks for "%s" twice', async (status) => {
      const { backend } = current();
      const { id } = await backend.open(aDraft(1));
      await backend.update(id, { status });
      const once = await stored(current(), id);

      await backend.update(id, { status });

      expect(await stored(current(), id)).toEqual(once);
    });

    test('changes nothing when nothing is asked', async () => {
      const { id } = await current().backend.open(aDraft(1));
      const before = await stored(current(), id);

      await current().backend.update(id, {});

      expect(await stored(current(), id)).toEqual(before);
    });

    test.each(['987654', '', 'abc', '-1'])('of the missing ticket "%s" is an error', async (id) => {
      const error = await errorOf(
        current().backend.update(id, { status: 'closed', note: note('It is over.') }),
      );

      expect(error).toMatchObject({ reason: 'not-found', effect: 'none', retryable: false });
      expect(await current().allIds()).toEqual([]);
    });

    test('changes only the ticket that it names', async () => {
      const { backend } = current();
      const { id } = await backend.open(aDraft(1));
      const { id: other } = await backend.open(aDraft(2));
      const before = await stored(current(), other);

      await backend.update(id, { status: 'closed', note: note('It is over.') });

      expect(await stored(current(), other)).toEqual(before);
    });
  });
}
