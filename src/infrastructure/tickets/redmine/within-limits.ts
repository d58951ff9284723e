import { paragraph, type TextBlock, type TicketText } from '../../../application/ports/ticket-text.js';
import { shortenMiddle } from '../shared/shorten-middle.js';

/** Code points of one value and of one name. */
const VALUE_LIMIT = 2_000;
const NAME_LIMIT = 200;
/** Bytes of markup. Older databases hold 64 kB and cut off the rest, the line that is read back first of all. */
const MARKUP_LIMIT = 48_000;

/** How a block is written; empty for one that holds nothing. */
type Write = (block: TextBlock) => string;

/**
 * The text as written, block by block, with its values shortened and without what is beyond the limit; its markers stay.
 * Markup counts, not data: an escape may be several times as long as what it stands for.
 */
export function writtenWithinLimits(text: TicketText, write: Write): readonly string[] {
  const written: string[] = [];
  let room = MARKUP_LIMIT;
  for (const block of text.map(withShortValues)) {
    const markup = write(block);
    if (block.kind === 'marker') {
      written.push(markup);
      continue;
    }
    const size = sizeOf(markup);
    if (size <= room) written.push(markup);
    else if (room > 0) written.push(beginningOf(block, write, room), write(paragraph('… (shortened)')));
    room = size <= room ? room - size : 0;
  }
  return written.filter((markup) => markup !== '');
}

function sizeOf(markup: string): number {
  return Buffer.byteLength(markup);
}

function withShortValues(block: TextBlock): TextBlock {
  switch (block.kind) {
    case 'marker':
      return block;
    case 'list':
      return { ...block, items: block.items.map(shortValue) };
    case 'fields':
      return {
        ...block,
        rows: block.rows.map(([name, value]) => [shortenMiddle(name, NAME_LIMIT), shortValue(value)]),
      };
    case 'paragraph':
      return {
        ...block,
        parts: block.parts.map((part) => (typeof part === 'string' ? shortValue(part) : part)),
      };
  }
}

function shortValue(value: string): string {
  return shortenMiddle(value, VALUE_LIMIT);
}

/** The rows or items that still fit, as written; nothing of a paragraph. */
function beginningOf(block: TextBlock, write: Write, room: number): string {
  if (block.kind === 'fields')
    return write({ ...block, rows: fitting(block.rows, (row) => write({ ...block, rows: [row] }), room) });
  if (block.kind === 'list')
    return write({
      ...block,
      items: fitting(block.items, (item) => write({ ...block, items: [item] }), room),
    });
  return '';
}

function fitting<T>(all: readonly T[], write: (one: T) => string, room: number): readonly T[] {
  let left = room;
  const end = all.findIndex((one) => {
    left -= sizeOf(write(one)) + 1;
    return left < 0;
  });
  return end === -1 ? all : all.slice(0, end);
}
