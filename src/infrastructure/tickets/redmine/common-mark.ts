import { LINK_SCHEMES, LINK_WORDS, UNSEEN, type Markup } from './markup.js';

/**
 * Backslashes are CommonMark's own way to write these. A `_` within a word stays as it is, for names are full of them
 * and none is taken for emphasis there. A `!` in front of a link would make an image of it.
 */
const SPECIAL = /[\\`*[\]<|~]|&(?=[#\p{L}\p{N}]|$)|!(?=\[|$)|(?<![A-Za-z0-9])_+|_+(?![A-Za-z0-9])/gu;

/**
 * What Redmine looks for in the text or in the HTML that is made of it, where no backslash protects it: `@login` (mails
 * that person, code or not), `#123`, `r123`, `{{macro}}`, `[[page]]`, a box to tick, `commit:…`, and addresses.
 */
const BROKEN_AFTER = /[@#]|\{(?=\{)|\\\[(?=\\\[|[ xX]?\\\])|(?<![\p{L}\p{N}])r(?=\d)/gu;
const BROKEN_BEFORE = new RegExp(`(?<=\\b(?:${LINK_SCHEMES}|${LINK_WORDS})):|(?<=\\bwww)\\.`, 'gi');

/** Beginnings of lists, headings, rules, quotes; those of other blocks are escaped wherever they stand. */
const BLOCK_START = /^[-+=#>:]/;
const NUMBERED = /^(\d{1,9})(?=[.)])/;

/** The default formatter of Redmine since 5.1; the library behind it is another one since 6.1, and stricter in some. */
export const commonMark: Markup = {
  text: commonMarkText,
  line: commonMarkLine,
  link: (url, label) => `[${commonMarkText(label)}](<${url}>)`,
  table: (rows) => ['| | |', '|---|---|', ...rows.map(row)].join('\n'),
  item: (data) => `- ${commonMarkLine(commonMarkText(data))}`,
};

function commonMarkText(data: string): string {
  return data
    .replaceAll(SPECIAL, (found) => Array.from(found, (character) => `\\${character}`).join(''))
    .replaceAll(BROKEN_AFTER, `$&${UNSEEN}`)
    .replaceAll(BROKEN_BEFORE, `${UNSEEN}$&`);
}

function commonMarkLine(markup: string): string {
  return markup.replace(BLOCK_START, '\\$&').replace(NUMBERED, `$1${UNSEEN}`);
}

function row([name, value]: readonly [string, string]): string {
  return `| ${commonMarkText(name)} | ${commonMarkText(value)} |`;
}
