import type { TextPart, TicketText } from '../ports/ticket-text.js';

/** The words of a text without any markup, for the history and the page. Its marker is left out. */
export function plainWords(text: TicketText): string {
  return text
    .flatMap((block) => {
      switch (block.kind) {
        case 'paragraph':
          return [block.parts.map(words).join('')];
        case 'fields':
          return block.rows.map(([name, value]) => `${name}: ${value}`);
        case 'list':
          return block.items.map((item) => `- ${item}`);
        case 'marker':
          return [];
      }
    })
    .join('\n');
}

function words(part: TextPart): string {
  if (typeof part === 'string') return part;
  return 'ticket' in part ? `#${part.ticket}` : `${part.label}: ${part.url}`;
}
