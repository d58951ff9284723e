import { keyLineText } from '../../../src/application/ports/key-line.js';
import { aDraft, alertIdOf, keyOf, seen, type CurrentHarness } from './harness.js';
import { allOurs, beginning, changes, idsOf } from './paging.js';

export function describeFinding(current: CurrentHarness): void {
  describe('findByKey', () => {
    test('finds a ticket as soon as it is open, as fetchMany shows it', async () => {
      const opened = await current().backend.open(aDraft(1));

      expect(await current().backend.findByKey(keyOf(1))).toEqual([opened]);
    });

    test('finds closed tickets, resolved ones and children', async () => {
      const { backend } = current();
      const { id: root } = await backend.open(aDraft(1));
      const { id: child } = await backend.open(aDraft(2, { parentId: root }));
      await backend.update(child, { status: 'closed' });
      await current().personSets(root, 'resolved');

      expect(await backend.findByKey(keyOf(1))).toMatchObject([{ id: root, status: 'resolved' }]);
      expect(await backend.findByKey(keyOf(2))).toMatchObject([
        { id: child, status: 'closed', parentId: root },
      ]);
    });

    test('finds every ticket of the key, a copy made by people too', async () => {
      const { backend } = current();
      const { id } = await backend.open(aDraft(1));
      const copy = await current().personOpens({
        description: `Copied.\n\n${keyLineText(aDraft(1))}`,
        parentId: null,
      });

      expect(idsOf(await backend.findByKey(keyOf(1)))).toEqual([id, copy].toSorted());
    });

    test('takes no key that is only like it', async () => {
      const key = keyOf(0xabcdef);
      await current().backend.open(aDraft(1, { key }));

      const likeIt = [
        key.slice(0, 31),
        `${key.slice(0, 31)}8`,
        key.slice(1),
        `${key}0`,
        key.toUpperCase(),
        alertIdOf(1),
        '%',
        '',
      ];
      for (const other of likeIt) expect(await current().backend.findByKey(other)).toEqual([]);
    });

    test('takes no ticket that carries the key anywhere but in its last line', async () => {
      const line = keyLineText(aDraft(1));
      await current().personOpens({ description: `${line}\nand then?`, parentId: null });
      await current().personOpens({ description: `as in ${line}`, parentId: null });
      await current().personOpens({ description: `${line} x`, parentId: null });
      await current().backend.open(
        aDraft(2, { description: [{ kind: 'fields', rows: [['key', keyOf(1)]] }] }),
      );

      expect(await current().backend.findByKey(keyOf(1))).toEqual([]);
    });
  });

  describe('findOurs', () => {
    test('is over at once where there is nothing', async () => {
      expect(await current().backend.findOurs(null, 'home')).toEqual({ tickets: [], next: null });
    });

    test('shows everywhere what it shows at home, if not more', async () => {
      const { backend } = current();
      await backend.open(aDraft(1));

      const atHome = await allOurs(backend);

      expect(atHome).toHaveLength(1);
      expect(await allOurs(backend, { reach: 'everywhere' })).toEqual(expect.arrayContaining([...atHome]));
    });

    test('shows resolved tickets, which are open, and children with their parent', async () => {
      const { backend } = current();
      const { id: root } = await backend.open(aDraft(1));
      const { id: child } = await backend.open(aDraft(2, { parentId: root }));
      await current().personSets(root, 'resolved');

      const found = await allOurs(backend);

      expect(new Map(found.map((ticket) => [ticket.id, ticket.status]))).toEqual(
        new Map([
          [root, 'resolved'],
          [child, 'open'],
        ]),
      );
      expect(found.find((ticket) => ticket.id === child)?.parentId).toBe(root);
    });
  });

  describe('changedSince', () => {
    test('starts now, with an empty page and a place to go on from', async () => {
      await current().backend.open(aDraft(1));

      const page = await current().backend.changedSince(null);

      expect(page.tickets).toEqual([]);
      expect(page.next).not.toBe('');
    });

    test('shows what changed since, as it stands now, and nothing else', async () => {
      const { backend } = current();
      const { id: untouched } = await backend.open(aDraft(1));
      const { id: closed } = await backend.open(aDraft(2));
      const { id: resolved } = await backend.open(aDraft(3));
      await current().letTimePass();
      const cursor = await beginning(backend);
      await current().letTimePass();

      await backend.update(closed, { status: 'closed' });
      await current().personSets(resolved, 'resolved');
      const { id: opened } = await backend.open(aDraft(4));
      await current().personOpens({ description: 'By hand.', parentId: null });

      const { tickets } = await changes(backend, cursor);
      expect(idsOf(tickets)).toEqual([closed, resolved, opened].toSorted());
      expect(idsOf(tickets)).not.toContain(untouched);
      for (const ticket of tickets) expect(ticket).toEqual(await seen(backend, ticket.id));
    });

    test('goes on where it ended', async () => {
      const { backend } = current();
      const { id: first } = await backend.open(aDraft(1));
      const { id: second } = await backend.open(aDraft(2));
      await current().letTimePass();
      const cursor = await beginning(backend);
      await current().letTimePass();
      await current().personSets(first, 'closed');
      const { next } = await changes(backend, cursor);
      await current().letTimePass();

      await current().personSets(second, 'closed');

      expect(idsOf((await changes(backend, next)).tickets)).toContain(second);
    });
  });
}
