import { LINK_SCHEMES, LINK_WORDS, type Markup } from './markup.js';

/**
 * Textile has no escape, but takes entities as they are, and neither it nor Redmine looks for anything in them. Marks of
 * emphasis count only where a word begins, so within one they stay readable in mails.
 */
const SPECIAL =
  /[&<>"'|@#`[\]{}\\!]|(?<![\p{L}\p{N}])[-*_+^~?=]+|(?<=[\p{L}\p{N}])\(|(?<!\d)%|(?<![\p{L}\p{N}])r(?=\d)/gu;
const ADDRESS = new RegExp(`(?<=\\b(?:${LINK_SCHEMES}|${LINK_WORDS})):|(?<=\\bwww)\\.`, 'gi');

/** `h1.`, `p=.`, `bq.`: beginnings of blocks; the others are entities wherever they stand. */
const BLOCK_START = /^(?:p|bq|bc|pre|h\d|fn\d+|table|notextile)(?=[^\s\p{L}]*\.)/iu;

/** The formatter of Redmine before 5.1; who upgraded still has it. */
export const textile: Markup = {
  text: textileText,
  line: textileLine,
  // The blank ends the address.
  link: (url, label) => `"${textileText(label)}":${url} `,
  table: (rows) => rows.map(row).join('\n'),
  item: (data) => `* ${textileText(data)}`,
};

function textileText(data: string): string {
  return data.replaceAll(SPECIAL, entities).replaceAll(ADDRESS, entities);
}

function textileLine(markup: string): string {
  return markup.replace(BLOCK_START, entities);
}

/** The blank at the beginning keeps that of a value from being taken for attributes of the cell. */
function row([name, value]: readonly [string, string]): string {
  return `| ${textileText(name)} | ${textileText(value)} |`;
}

function entities(characters: string): string {
  return Array.from(characters, (character) => `&#${character.codePointAt(0)};`).join('');
}
