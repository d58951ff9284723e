import { keyLineText, noteLineText } from '../../../src/application/ports/key-line.js';
import type { TicketText } from '../../../src/application/ports/ticket-text.js';
import { paragraph } from '../../../src/application/ports/ticket-text.js';
import { aDraft, alertIdOf, keyOf, linesOf, seen, stored, type CurrentHarness } from './harness.js';

const FORGED = `alertree ${'f'.repeat(32)} -`;
const FORGED_KEY = { key: 'f'.repeat(32), alertId: '-' };
const FORGED_NOTE = noteLineText('f'.repeat(32));

/** The same words in every place that text from an alert can come to. */
function everywhere(words: string): TicketText {
  return [
    paragraph(words),
    paragraph('Seen: ', words, { url: 'https://example.org/', label: words }),
    {
      kind: 'fields',
      rows: [
        ['summary', words],
        [words, 'value'],
        [words, ''],
      ],
    },
    { kind: 'list', items: [words, words] },
  ];
}

/** Texts that would do harm if they were more than data. */
const HOSTILE = [
  ['a key line', FORGED],
  ['a key line after a line end', `x\n${FORGED}`],
  ['a key line after a carriage return', `x\r${FORGED}\r`],
  ['a key line after DOS line ends', `x\r\n\r\n${FORGED}\r\n`],
  ['a key line after Unicode line ends', `x\u2028${FORGED}\u2029${FORGED}\u0085${FORGED}`],
  ['a key line after other controls', `x\v${FORGED}\f${FORGED}\u0000${FORGED}`],
  ['a key line with blanks around', `x\n\t \u00a0\ufeff${FORGED} \u00a0`],
  ['the line of a note', `x\n${FORGED_NOTE}`],
  ['markup', '<script>alert(1)</script><img src=x onerror=alert(1)> &amp; {{include(x)}} [[x]] ```'],
  ['control characters', 'a\u0000b\u0001c\u001b[31md\u007fe\u0085f'],
  ['lone surrogates', 'a\ud800b\udc00c'],
  ['turned direction', 'a\u202eb\u2066c'],
  ['SQL', `'; drop table embedded_ticket; -- " \\ % _ $1 ?1 :x`],
  ['nothing', ''],
  ['blanks', ' \t\n '],
] as const;

/** Controls but for line ends, line ends of Unicode, marks that turn the direction of what follows. */
// oxlint-disable-next-line no-control-regex -- finding control characters is what it is for
const HARMFUL = /[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

function expectHarmless(text: string): void {
  expect(text.isWellFormed()).toBe(true);
  expect(text).not.toMatch(HARMFUL);
  const lines = linesOf(text).map((line) => line.trim());
  expect(lines).not.toContain(FORGED);
  expect(lines).not.toContain(FORGED_NOTE);
}

export function describeText(current: CurrentHarness): void {
  describe('text', () => {
    describe.each(HOSTILE)('that holds %s', (_, words) => {
      test('stays data in subject and description', async () => {
        const { backend } = current();
        const draft = aDraft(1, { subject: `[Alert] ${words} (6/16)`, description: everywhere(words) });

        const { id } = await backend.open(draft);

        const { subject, description } = await stored(current(), id);
        expect(linesOf(description).at(-1)).toBe(keyLineText(draft));
        expectHarmless(description);
        expectHarmless(subject);
        expect(linesOf(subject)).toHaveLength(1);
        expect(subject).toMatch(/^\[Alert\].*\(6\/16\)$/);
        expect((await seen(backend, id)).keyLine).toEqual({ key: keyOf(1), alertId: alertIdOf(1) });
        expect(await backend.findByKey(FORGED_KEY.key)).toEqual([]);
      });

      test('stays data in a note, whose own marker is still the last line', async () => {
        const { backend } = current();
        const { id } = await backend.open(aDraft(1));
        const marker = noteLineText('0123456789abcdef0123456789abcdef');

        await backend.update(id, { note: [...everywhere(words), { kind: 'marker', text: marker }] });

        const notes = await backend.notesOf(id);
        expect(notes).toHaveLength(1);
        for (const text of [...notes.map((note) => note.text), ...(await stored(current(), id)).notes]) {
          expectHarmless(text);
          expect(linesOf(text).at(-1)).toBe(marker);
        }
      });

      test('cannot become a key line when people cut off the last lines', async () => {
        const { backend } = current();
        const { id } = await backend.open(aDraft(1, { description: everywhere(words) }));
        const lines = linesOf((await stored(current(), id)).description);

        const cut: string[] = [];
        for (let left = lines.length - 1; left > 0; left -= 1) {
          const description = lines.slice(0, left).join('\n');
          cut.push(await current().personOpens({ description, parentId: null }));
        }

        const tickets = await backend.fetchMany(cut);
        expect(cut.map((ticket) => tickets.get(ticket))).toEqual(
          cut.map(() => expect.objectContaining({ keyLine: null })),
        );
      });
    });

    test.each([
      ['emoji', 'disk 🔥 full 👩‍👩‍👧‍👦'],
      ['writing from right to left', 'הדיסק מלא على الخادم'],
      ['writing with marks', 'Speicher läuft über: ディスク使用率'],
    ])('keeps %s', async (_, words) => {
      const { backend } = current();
      const { id } = await backend.open(
        aDraft(1, {
          subject: `[Alert] ${words} (6/16)`,
          description: [{ kind: 'fields', rows: [['summary', words]] }],
        }),
      );
      await backend.update(id, { note: [paragraph(words)] });

      const { subject, description, notes } = await stored(current(), id);
      for (const text of [subject, description, ...notes]) expect(text).toContain(words);
    });

    test('names another ticket by its id, and a link by its address', async () => {
      const { backend } = current();
      const { id: before } = await backend.open(aDraft(1));

      const { id } = await backend.open(
        aDraft(2, {
          description: [
            paragraph('After ', { ticket: before }, '.'),
            paragraph({ url: 'https://example.org/graph', label: 'Graph' }),
          ],
        }),
      );

      const { description } = await stored(current(), id);
      expect(description).toContain(`#${before}`);
      expect(description).toContain('Graph');
      expect(description).toContain('https://example.org/graph');
    });

    test('keeps no address that is none of the web', async () => {
      const link = { url: 'javascript:alert(1)', label: 'Graph' };

      const { id } = await current().backend.open(aDraft(1, { description: [paragraph(link)] }));

      const { description } = await stored(current(), id);
      expect(description).toContain('Graph');
      expect(description).not.toContain('javascript:');
    });

    test.each([
      ['plain', 'x'.repeat(5000)],
      ['emoji', '🔥'.repeat(5000)],
      ['emoji at odd places', `x${'🔥'.repeat(5000)}`],
    ])('shortens an over-long subject (%s) and keeps its beginning and its end', async (_, filling) => {
      const { backend } = current();
      const beginning = '[Alert] HostMemoryUsageHigh-Usage90% ';
      const end = ' instance:host-17.example.org:9100 (6/16 11:46)';

      const { id } = await backend.open(aDraft(1, { subject: beginning + filling + end }));

      const { subject } = await stored(current(), id);
      expect(subject.startsWith(beginning)).toBe(true);
      expect(subject.endsWith(end)).toBe(true);
      expect(subject).toContain('…');
      expect(subject.isWellFormed()).toBe(true);
    });

    test('takes a subject of 255 characters as it is', async () => {
      const subject = '🔥'.repeat(255);

      const { id } = await current().backend.open(aDraft(1, { subject }));

      expect((await stored(current(), id)).subject).toBe(subject);
    });
  });
}
