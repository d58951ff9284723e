import type { TextBlock, TextPart, TicketText } from '../../../application/ports/ticket-text.js';
import { oneLine, withinLine } from '../shared/one-line.js';
import { commonMark } from './common-mark.js';
import { UNSEEN, type Markup } from './markup.js';
import type { RedmineConfig } from './redmine-config.js';
import { isIssueId } from './redmine-mapper.js';
import { textile } from './textile.js';
import { writtenWithinLimits } from './within-limits.js';

const MARKUPS: Readonly<Record<RedmineConfig['textFormatting'], Markup>> = {
  common_mark: commonMark,
  textile,
};
/** A line that begins like one that programs read back would pass for it, were it left as it is. */
const LIKE_A_MARKER = /^alertree(?= )/;
const URL_LIMIT = 4_000;
/** What formatters or Redmine would read in an address; servers read it back from its escape. */
const UNSAFE_IN_URL = /[\s<>"'`{}|\\^[\]@*~()!]/g;

/**
 * Text for people in the markup of Redmine's formatter. Whatever came with an alert stays data there: it runs no macro,
 * mentions nobody, becomes no link and leaves neither its line nor its cell.
 */
export function redmineText(text: TicketText, formatting: RedmineConfig['textFormatting']): string {
  const markup = MARKUPS[formatting];
  return writtenWithinLimits(text, (block) => blockIn(markup, block)).join('\n\n');
}

function blockIn(markup: Markup, block: TextBlock): string {
  switch (block.kind) {
    case 'paragraph':
      return paragraphIn(markup, block.parts);
    case 'fields':
      return block.rows.length === 0
        ? ''
        : markup.table(block.rows.map(([name, value]) => [oneLine(name), oneLine(value)]));
    case 'list':
      return block.items.map((item) => markup.item(oneLine(item)).trimEnd()).join('\n');
    case 'marker':
      return block.text;
  }
}

function paragraphIn(markup: Markup, parts: readonly TextPart[]): string {
  const line = joined(parts)
    .map((part) => partIn(markup, part))
    .join('')
    .trim();
  return markup.line(line).replace(LIKE_A_MARKER, `$&${UNSEEN}`);
}

/** Strings that stand side by side are one, so that nothing harmful comes of two harmless halves. */
function joined(parts: readonly TextPart[]): readonly TextPart[] {
  const all: TextPart[] = [];
  for (const part of parts.map(dataOf)) {
    const last = all.at(-1);
    if (typeof part === 'string' && typeof last === 'string') all[all.length - 1] = last + part;
    else all.push(part);
  }
  return all;
}

/** What is no ticket of Redmine's or no address of the web is data like any other. */
function dataOf(part: TextPart): TextPart {
  if (typeof part === 'string') return part;
  if ('ticket' in part) return isIssueId(part.ticket) ? part : `#${part.ticket}`;
  return safeUrl(part.url) === null ? part.label : part;
}

function partIn(markup: Markup, part: TextPart): string {
  if (typeof part === 'string') return markup.text(withinLine(part));
  if ('ticket' in part) return `#${part.ticket}`;
  const url = safeUrl(part.url) ?? '';
  return markup.link(url, oneLine(part.label) || url);
}

function safeUrl(text: string): string | null {
  const url = /^https?:\/\//i.test(text) ? URL.parse(text) : null;
  if (url === null || url.username !== '' || url.password !== '') return null;
  const rest = url.href.slice(url.origin.length).replaceAll(UNSAFE_IN_URL, percent);
  return url.origin.length + rest.length <= URL_LIMIT ? url.origin + rest : null;
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
