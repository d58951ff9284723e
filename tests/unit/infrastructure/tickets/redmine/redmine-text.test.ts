import { paragraph } from '../../../../../src/application/ports/ticket-text.js';
import { redmineText } from '../../../../../src/infrastructure/tickets/redmine/redmine-text.js';

/**
 * Data that would do something, and what becomes of it. That a real Redmine shows each of these as the data that it was
 * was looked at when the table was made; look again when it changes.
 */
const HOSTILE: readonly (readonly [data: string, commonMark: string, textile: string])[] = [
  ['ask @admin', 'ask @\u200Badmin', 'ask &#64;admin'],
  ['@admin', '@\u200Badmin', '&#64;admin'],
  ['#12, (##7)', '\\#\u200B12, (#\u200B#\u200B7)', '&#35;12, (&#35;&#35;7)'],
  ['r12 and host-r12', 'r\u200B12 and host-r\u200B12', '&#114;12 and host-&#114;12'],
  [
    'commit:abc user:admin alerts:source:a/b',
    'commit\u200B:abc user\u200B:admin alerts:source\u200B:a/b',
    'commit&#58;abc user&#58;admin alerts:source&#58;a/b',
  ],
  [
    '{{toc}} {{include(Wiki)}}',
    '{\u200B{toc}} {\u200B{include(Wiki)}}',
    '&#123;&#123;toc&#125;&#125; &#123;&#123;include&#40;Wiki)&#125;&#125;',
  ],
  ['[[Wiki]] [x](y)', '\\[\u200B\\[Wiki\\]\\] \\[\u200Bx\\](y)', '&#91;&#91;Wiki&#93;&#93; &#91;x&#93;(y)'],
  ['![i](u)', '\\!\\[i\\](u)', '&#33;&#91;i&#93;(u)'],
  [
    '```x``` ~~~y~~~ `z`',
    '\\`\\`\\`x\\`\\`\\` \\~\\~\\~y\\~\\~\\~ \\`z\\`',
    '&#96;&#96;&#96;x&#96;&#96;&#96; &#126;&#126;&#126;y~&#126;&#126; &#96;z&#96;',
  ],
  ['<img src=x> &lt; a & b', '\\<img src=x> \\&lt; a & b', '&#60;img src=x&#62; &#38;lt; a &#38; b'],
  ['> quote', '\\> quote', '&#62; quote'],
  ['# head', '\\#\u200B head', '&#35; head'],
  ['- item', '\\- item', '&#45; item'],
  ['1. one', '1\u200B. one', '1. one'],
  ['---', '\\---', '&#45;&#45;&#45;'],
  [
    '*b* _i_ kube_pod_name __proto__',
    '\\*b\\* \\_i\\_ kube_pod_name \\_\\_proto\\_\\_',
    '&#42;b* &#95;i_ kube_pod_name &#95;&#95;proto_&#95;',
  ],
  ['a | b', 'a \\| b', 'a &#124; b'],
  [
    'https://x.example/a?b=c www.x.example',
    'https\u200B://x.example/a?b=c www\u200B.x.example',
    'https&#58;//x.example/a?b=c www&#46;x.example',
  ],
  ['C:\\dir', 'C:\\\\dir', 'C:&#92;dir'],
  ['p. x', 'p. x', '&#112;. x'],
  ['p=. x', 'p=. x', '&#112;=. x'],
  ['Resolved. Then', 'Resolved. Then', 'Resolved. Then'],
  ['h1. x', 'h1. x', '&#104;&#49;. x'],
  ['"t":http://x.example', '"t":http\u200B://x.example', '&#34;t&#34;:http&#58;//x.example'],
  ['host-1 -del- 90% %span%', 'host-1 -del- 90% %span%', 'host-1 &#45;del- 90% &#37;span&#37;'],
  ['ABC(abbr)', 'ABC(abbr)', 'ABC&#40;abbr)'],
  ['alertree x', 'alertree\u200B x', 'alertree\u200B x'],
  [
    'Usage90% instance:A (6/16 11:46)',
    'Usage90% instance:A (6/16 11:46)',
    'Usage90% instance:A (6/16 11:46)',
  ],
];

describe.each([
  ['common_mark', 1],
  ['textile', 2],
] as const)('text in %s', (formatting, column) => {
  const link = (url: string) => redmineText([paragraph({ url, label: 'Graph' })], formatting);
  const inParagraph = (data: string) => redmineText([paragraph(data)], formatting);

  test.each(HOSTILE)('keeps %s data', (...row) => {
    expect(inParagraph(row[0])).toBe(row[column]);
  });

  test.each(HOSTILE)('mentions nobody and runs nothing anywhere with %s', (data) => {
    const text = redmineText(
      [
        paragraph('See ', { url: 'https://own.example/{{toc}}', label: data }, data, { ticket: '7' }, data),
        { kind: 'fields', rows: [[data, data]] },
        { kind: 'list', items: [data] },
      ],
      formatting,
    );

    expect(text).not.toMatch(
      /@[\w.-]|\{\{|(?<!See )\[\\?\[|\br\d|\b(commit|user|source):\S|(?<!\\)<(?!https:\/\/own)/,
    );
    expect(text.match(/https?:\/\//g)).toHaveLength(1);
  });

  test('leaves sentences of ours as they are', () => {
    const sentence =
      'Resolved: nothing of this group fires. Fired again 3 times, last at 2026-06-16 11:46 (JST).';

    expect(inParagraph(sentence)).toBe(sentence);
  });

  test('drops NUL, other controls, lone surrogates and marks of direction', () => {
    expect(inParagraph('a\u0000b\u001bc\ud800d\u202ee\u2028f\r\ng')).toBe(
      'a\uFFFDb\uFFFDc\uFFFDd\uFFFDe f g',
    );
  });

  test('names a ticket so that Redmine makes a link of it, and nothing that is no id', () => {
    expect(redmineText([paragraph('After ', { ticket: '12' }, '.')], formatting)).toBe('After #12.');
    expect(redmineText([paragraph('After ', { ticket: '1; {{toc}}' })], formatting)).not.toMatch(
      /(?<!&)#1|\{\{/,
    );
  });

  test('leaves an address of the web alive, and nothing else', () => {
    expect(link('https://example.org/g?a=1&b=%2B#c')).toContain('https://example.org/g?a=1&b=%2B#c');
    expect(link('http://[::1]:9090/a)b|c{{d}}[[e]]@f')).toContain(
      'http://[::1]:9090/a%29b%7Cc%7B%7Bd%7D%7D%5B%5Be%5D%5D%40f',
    );
    for (const url of [
      'javascript:alert(1)',
      'ftp://x',
      'http://user:hunter2@x/',
      'http://',
      `http://x/${'y'.repeat(5000)}`,
    ]) {
      expect(link(url)).toBe('Graph');
    }
  });

  test('makes no image of a link behind an exclamation mark', () => {
    const text = redmineText(
      [paragraph('Look!', { url: 'https://own.example/', label: 'Graph' })],
      formatting,
    );

    expect(text).not.toMatch(/(?<!\\)!\[/);
  });

  test.each(['|', '@', '漢', '🔥', '*_'])(
    'stays below 64 kB of markup with values of %s, and keeps its marker',
    (sign) => {
      const value = sign.repeat(2_000);
      const text = redmineText(
        [
          { kind: 'fields', rows: Array.from({ length: 20 }, (): [string, string] => [value, value]) },
          { kind: 'list', items: Array.from({ length: 60 }, () => value) },
          paragraph(
            ...Array.from({ length: 10 }, () => ({ url: `http://x/${sign.repeat(500)}`, label: value })),
          ),
          { kind: 'marker', text: 'alertree note 1' },
        ],
        formatting,
      );

      expect(Buffer.byteLength(text)).toBeLessThan(60_000);
      expect(text).toContain(formatting === 'textile' ? '| ' : '|---|');
      expect(text.slice(-60)).toMatch(/… \(shortened\)\n\nalertree note 1$/);
    },
  );

  test('keeps the markers of a text that is far too long, and says that it was shortened', () => {
    const rows = Array.from({ length: 100 }, (_, index): [string, string] => [
      `label${index}`,
      'x'.repeat(10_000),
    ]);
    const text = redmineText(
      [
        paragraph('First.'),
        { kind: 'fields', rows },
        paragraph('Last.'),
        { kind: 'marker', text: 'alertree note 1' },
      ],
      formatting,
    );

    expect(text.length).toBeLessThan(50_000);
    expect(['First.', 'label0', 'label50'].map((words) => text.includes(words))).toEqual([true, true, false]);
    expect(text.slice(-60)).toMatch(/… \(shortened\)\n\nalertree note 1$/);
  });
});

describe('fields and lists', () => {
  const blocks = [
    { kind: 'fields', rows: [['job', 'a|b']] },
    { kind: 'list', items: ['one', '- two', '[ ] three'] },
  ] as const;

  test('are a table and a list in CommonMark', () => {
    expect(redmineText(blocks, 'common_mark')).toBe(
      '| | |\n|---|---|\n| job | a\\|b |\n\n- one\n- \\- two\n- \\[\u200B \\] three',
    );
  });

  test('are a table and a list in Textile', () => {
    expect(redmineText(blocks, 'textile')).toBe(
      '| job | a&#124;b |\n\n* one\n* &#45; two\n* &#91; &#93; three',
    );
  });

  test('that are empty are nothing', () => {
    expect(
      redmineText([{ kind: 'fields', rows: [] }, { kind: 'list', items: [] }, paragraph('')], 'common_mark'),
    ).toBe('');
  });
});
