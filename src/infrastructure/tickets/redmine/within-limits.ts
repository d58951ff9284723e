import { paragraph, type TextBlock, type TicketText } from '../../../application/ports/ticket-text.js';
import { shortenMiddle } from '../shared/shorten-middle.js';

/** Code points of one value, and characters of a whole text. Older databases hold 64 kB, markup included. */
const VALUE_LIMIT = 2_000;
const TEXT_LIMIT = 16_000;
const NAME_LIMIT = 200;

/** The text with its values shortened, and without what is beyond the limit; its markers stay. */
export function withinLimits(text: TicketText): TicketText {
  const kept: TextBlock[] = [];
  let room = TEXT_LIMIT;
  for (const block of text.map(withShortValues)) {
    const size = sizeOf(block);
    if (block.kind === 'marker' || size <= room) kept.push(block);
    else if (room > 0) kept.push(...beginningOf(block, room), paragraph('… (shortened)'));
    if (block.kind !== 'marker') room = size <= room ? room - size : 0;
  }
  return kept;
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

function sizeOf(block: TextBlock): number {
  switch (block.kind) {
    case 'marker':
      return 0;
    case 'list':
      return block.items.join('').length;
    case 'fields':
      return block.rows.flat().join('').length;
    case 'paragraph':
      return block.parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join('')
        .length;
  }
}

/** The rows or items that still fit. */
function beginningOf(block: TextBlock, room: number): readonly TextBlock[] {
  if (block.kind === 'fields')
    return [{ ...block, rows: fitting(block.rows, (row) => row.join('').length, room) }];
  if (block.kind === 'list') return [{ ...block, items: fitting(block.items, (item) => item.length, room) }];
  return [];
}

function fitting<T>(all: readonly T[], sizeOfOne: (one: T) => number, room: number): readonly T[] {
  let left = room;
  const end = all.findIndex((one) => {
    left -= sizeOfOne(one);
    return left < 0;
  });
  return end === -1 ? all : all.slice(0, end);
}
