import { duplicateLineText, keyLineText } from '../../../application/ports/key-line.js';
import type { TicketDraft } from '../../../application/ports/ticket-backend.js';
import { plainText } from './plain-text.js';

/** The draft's text with its key line as the last line, which nothing in the text can take the place of. */
export function descriptionOf(draft: Pick<TicketDraft, 'key' | 'alertId' | 'description'>): string {
  return [plainText(draft.description), keyLineText(draft)].filter((part) => part !== '').join('\n\n');
}

/** A description that ends with a key line, with `duplicate of <id>` in its place. */
export function asDuplicate(description: string, originalId: string): string {
  const text = description.trimEnd();
  const keyLineStart = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
  return text.slice(0, keyLineStart) + duplicateLineText(originalId);
}
