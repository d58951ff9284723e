import type { TextBlock, TextPart, TicketText } from '../../../application/ports/ticket-text.js';
import { oneLine } from './one-line.js';

/** A paragraph that begins like a line that programs read back would pass for one, were it left alone on its line. */
const LIKE_A_MARKER = /^alertree\b/;
const WEB_ADDRESS = /^https?:\/\//;

/**
 * Text for people as plain text. Whatever came with an alert stays within its line, and no such line can be taken for
 * a marker or a key line.
 */
export function plainText(text: TicketText): string {
  return text
    .map(plainBlock)
    .filter((block) => block !== '')
    .join('\n\n');
}

function plainBlock(block: TextBlock): string {
  if (block.kind === 'paragraph') return plainParagraph(block.parts);
  if (block.kind === 'fields') {
    return block.rows.map(([name, value]) => oneLine(`${name}: ${value}`)).join('\n');
  }
  if (block.kind === 'list') return block.items.map((item) => oneLine(`- ${item}`)).join('\n');
  return block.text;
}

function plainParagraph(parts: readonly TextPart[]): string {
  const line = oneLine(parts.map(plainPart).join(''));
  return LIKE_A_MARKER.test(line) ? `> ${line}` : line;
}

function plainPart(part: TextPart): string {
  if (typeof part === 'string') return part;
  if ('ticket' in part) return `#${part.ticket}`;
  return WEB_ADDRESS.test(part.url) ? `${part.label} (${part.url})` : part.label;
}
