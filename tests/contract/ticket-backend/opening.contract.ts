import { keyLineText } from '../../../src/application/ports/key-line.js';
import { aDraft, alertIdOf, errorOf, keyOf, linesOf, seen, stored, type CurrentHarness } from './harness.js';

export function describeOpening(current: CurrentHarness): void {
  describe('open', () => {
    test('names its instance and says how late a create may still appear', () => {
      const { backend } = current();

      expect(backend.instance).not.toBe('');
      expect(backend.lateCommitMs).toBeGreaterThanOrEqual(0);
    });

    test('returns what fetchMany returns', async () => {
      const { backend } = current();

      const opened = await backend.open(aDraft(1));

      expect(await seen(backend, opened.id)).toEqual(opened);
    });

    test('makes an open ticket without a parent that can be told by its key line', async () => {
      const opened = await current().backend.open(aDraft(1));

      const line = { key: keyOf(1), alertId: alertIdOf(1) };
      expect(opened).toMatchObject({ status: 'open', parentId: null, keyLine: line });
      const { status, parentId } = await stored(current(), opened.id);
      expect({ status, parentId }).toEqual({ status: 'open', parentId: null });
    });

    test('stores the subject, the text and, as the last line, the key line', async () => {
      const draft = aDraft(1);

      const { id } = await current().backend.open(draft);

      const { subject, description } = await stored(current(), id);
      expect(subject).toBe(draft.subject);
      expect(description).toContain('host1');
      expect(linesOf(description).at(-1)).toBe(keyLineText(draft));
    });

    test('writes the key line also where there is no text, and for a summary root', async () => {
      const draft = aDraft(1, { description: [], alertId: '-' });

      const opened = await current().backend.open(draft);

      expect(opened.keyLine).toEqual({ key: keyOf(1), alertId: '-' });
      expect((await stored(current(), opened.id)).description).toBe(keyLineText(draft));
    });

    test('hangs a child under its parent and leaves the parent open', async () => {
      const { backend } = current();
      const root = await backend.open(aDraft(1));

      const child = await backend.open(aDraft(2, { parentId: root.id }));

      expect(child.parentId).toBe(root.id);
      expect((await stored(current(), child.id)).parentId).toBe(root.id);
      expect((await seen(backend, root.id)).status).toBe('open');
    });

    test('hangs a child under a parent that people resolved: that is open', async () => {
      const { backend } = current();
      const root = await backend.open(aDraft(1));
      await current().personSets(root.id, 'resolved');

      const child = await backend.open(aDraft(2, { parentId: root.id }));

      expect(child).toMatchObject({ status: 'open', parentId: root.id });
    });

    test('refuses a child of a closed parent and leaves no ticket behind', async () => {
      const { backend } = current();
      const root = await backend.open(aDraft(1));
      await backend.update(root.id, { status: 'closed' });

      const error = await errorOf(backend.open(aDraft(2, { parentId: root.id })));

      expect(error).toMatchObject({ reason: 'parent-closed', effect: 'none', retryable: false });
      expect(await current().allIds()).toEqual([root.id]);
    });

    test.each(['987654', '', 'abc', '-1', '1e3', '99999999999999999999'])(
      'refuses a child of the missing parent "%s" and leaves no ticket behind',
      async (parentId) => {
        const error = await errorOf(current().backend.open(aDraft(2, { parentId })));

        expect(error).toMatchObject({ reason: 'parent-closed', effect: 'none', retryable: false });
        expect(await current().allIds()).toEqual([]);
      },
    );

    test('makes two tickets when called twice', async () => {
      const { backend } = current();

      const ids = [(await backend.open(aDraft(1))).id, (await backend.open(aDraft(1))).id];

      expect(new Set(ids).size).toBe(2);
      expect((await backend.findByKey(keyOf(1))).map((ticket) => ticket.id).toSorted()).toEqual(
        ids.toSorted(),
      );
    });
  });
}
