import { keyLineText, noteLineText } from '../../../src/application/ports/key-line.js';
import { paragraph } from '../../../src/application/ports/ticket-text.js';
import { aDraft, errorOf, linesOf, seen, stored, type CurrentHarness } from './harness.js';

const MISSING_IDS = ['987654', '', 'abc', '-1', '0', '1.5', ' 1', '99999999999999999999'];

export function describeReading(current: CurrentHarness): void {
  describe('fetchMany', () => {
    test('answers nothing when nothing is asked', async () => {
      expect(await current().backend.fetchMany([])).toEqual(new Map());
    });

    test('has an address for browsers that tells tickets apart, or none at all, and asks nobody for it', async () => {
      await current().cutOff();
      const [one, other] = [current().backend.urlOf('1'), current().backend.urlOf('2')];

      expect(one === null).toBe(other === null);
      if (one !== null) expect(URL.parse(one)?.protocol).toMatch(/^https?:$/);
      if (one !== null) expect(one).not.toBe(other);
    });

    test('answers "missing" for ids that there are not, among those that there are', async () => {
      const { backend } = current();
      const opened = await backend.open(aDraft(1));

      const tickets = await backend.fetchMany([opened.id, ...MISSING_IDS, opened.id]);

      const missing = MISSING_IDS.map((id): [string, string] => [id, 'missing']);
      expect(tickets).toEqual(new Map<string, unknown>([[opened.id, opened], ...missing]));
    });

    test('answers "missing" for a deleted ticket and for what was below it', async () => {
      const { backend } = current();
      const { id: root } = await backend.open(aDraft(1));
      const { id: child } = await backend.open(aDraft(2, { parentId: root }));

      await current().personDeletes(root);

      expect([...(await backend.fetchMany([root, child])).values()]).toEqual(['missing', 'missing']);
    });

    test.each(['resolved', 'closed', 'open'] as const)('shows that people made it "%s"', async (status) => {
      const { id } = await current().backend.open(aDraft(1));
      await current().personSets(id, status === 'open' ? 'closed' : 'open');

      await current().personSets(id, status);

      expect((await seen(current().backend, id)).status).toBe(status);
    });

    test('shows a ticket whose last line is none of ours without a key line', async () => {
      const { backend } = current();
      const { id } = await backend.open(aDraft(1));
      const { description } = await stored(current(), id);

      await current().personEdits(id, `${description}\nI have seen to it.`);

      expect((await seen(backend, id)).keyLine).toBeNull();
    });

    test('reads the key line of a ticket that was edited above it', async () => {
      const { backend } = current();
      const { id } = await backend.open(aDraft(1));

      await current().personEdits(id, `I am on it.\r\n\r\n${keyLineText(aDraft(1))}\r\n`);

      const { key, alertId } = aDraft(1);
      expect((await seen(backend, id)).keyLine).toEqual({ key, alertId });
    });

    test('has another changedAt after each change, and the same while nothing changes', async () => {
      const { backend } = current();
      const { id } = await backend.open(aDraft(1));
      const changes = [
        () => backend.update(id, { note: [paragraph('It fired again.')] }),
        () => current().personSets(id, 'resolved'),
        () => backend.update(id, { status: 'closed' }),
        () => backend.update(id, { status: 'open' }),
      ];

      for (const change of changes) {
        await current().letTimePass();
        const { changedAt: before } = await seen(backend, id);
        expect((await seen(backend, id)).changedAt).toBe(before);
        await change();
        expect((await seen(backend, id)).changedAt).not.toBe(before);
      }
    });
  });

  describe('notesOf', () => {
    test('answers all notes, oldest first, whatever happened between them', async () => {
      const { backend } = current();
      const { id } = await backend.open(aDraft(1));
      const words = Array.from({ length: 40 }, (_, index) => `Note number ${index}.`);

      for (const [index, text] of words.entries()) {
        await backend.update(id, { status: index % 2 === 0 ? 'closed' : 'open' });
        await backend.update(id, { note: [paragraph(text)] });
      }

      expect((await backend.notesOf(id)).map(({ text }) => text)).toEqual(words);
      expect((await stored(current(), id)).notes).toEqual(words);
    });

    test('answers none for a ticket without notes, and none of another ticket', async () => {
      const { backend } = current();
      const { id } = await backend.open(aDraft(1));
      const { id: other } = await backend.open(aDraft(2));

      await backend.update(other, { status: 'closed', note: [paragraph('It is over.')] });

      expect(await backend.notesOf(id)).toEqual([]);
    });

    test('gives back the marker of a note as a line of its own', async () => {
      const { backend } = current();
      const { id } = await backend.open(aDraft(1));
      const marker = noteLineText('0123456789abcdef0123456789abcdef');

      await backend.update(id, { note: [paragraph('It is over.'), { kind: 'marker', text: marker }] });

      expect((await backend.notesOf(id)).map(({ text }) => linesOf(text).at(-1))).toEqual([marker]);
    });

    test('tells, where the server keeps account of it, which status a ticket got with a note, whatever came of it since', async () => {
      const { backend } = current();
      const { id } = await backend.open(aDraft(1));

      await backend.update(id, { note: [paragraph('Seen.')] });
      await backend.update(id, { status: 'closed', note: [paragraph('It is over.')] });
      await backend.update(id, { status: 'closed', note: [paragraph('It is closed already.')] });
      await current().personSets(id, 'open');

      const told = (await backend.notesOf(id)).map(({ gaveStatus }) => gaveStatus);
      expect(told).toEqual([null, current().keepsStatusOfNotes ? 'closed' : null, null]);
    });

    test.each(['987654', '', 'abc', '-1'])('of the missing ticket "%s" is an error', async (id) => {
      const error = await errorOf(current().backend.notesOf(id));

      expect(error).toMatchObject({ reason: 'not-found', effect: 'none', retryable: false });
    });
  });

  describe('obstaclesTo', () => {
    test('names the open children of a root that is to close', async () => {
      const { backend } = current();
      const { id: root } = await backend.open(aDraft(1));
      const { id: closed } = await backend.open(aDraft(2, { parentId: root }));
      await backend.update(closed, { status: 'closed' });
      const foreign = await current().personOpens({ description: 'By hand.', parentId: root });

      const words = (await backend.obstaclesTo(root, 'closed')).join('\n');

      expect(words).toMatch(new RegExp(`\\b${foreign}\\b`));
      expect(words).not.toMatch(new RegExp(`\\b${closed}\\b`));
    });

    test('names the closed parent of a child that is to open', async () => {
      const { backend } = current();
      const { id: root } = await backend.open(aDraft(1));
      const { id: child } = await backend.open(aDraft(2, { parentId: root }));
      await backend.update(child, { status: 'closed' });
      await backend.update(root, { status: 'closed' });

      expect((await backend.obstaclesTo(child, 'open')).join('\n')).toMatch(new RegExp(`\\b${root}\\b`));
    });

    test.each(['open', 'closed'] as const)(
      'is empty when nothing stands in the way of "%s"',
      async (status) => {
        const { id } = await current().backend.open(aDraft(1));

        expect(await current().backend.obstaclesTo(id, status)).toEqual([]);
      },
    );

    test('changes nothing', async () => {
      const { backend } = current();
      const { id } = await backend.open(aDraft(1));
      await backend.open(aDraft(2, { parentId: id }));
      const before = await stored(current(), id);

      await backend.obstaclesTo(id, 'closed');

      expect(await stored(current(), id)).toEqual(before);
    });
  });

  describe('probe', () => {
    test('finds nothing wrong where nothing is, and changes nothing', async () => {
      expect(await current().backend.probe()).toEqual([]);
      expect(await current().allIds()).toEqual([]);
    });
  });
}
