const LONGEST_ADORNMENT = 64 * 1024;

/**
 * The text as every store and every ticket system can keep it: half a surrogate pair and U+0000, which PostgreSQL
 * refuses, become U+FFFD. Otherwise one such alert would be answered 503, and sent again, for ever.
 */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '\ufffd');
}

/** True for a text that is kept as it is. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\u0000');
}

/** What only adorns an alert does not make it unreadable: anything else than a text of sensible length becomes null. */
export function adornmentOrNull(value: unknown): string | null {
  return typeof value === 'string' && value.length <= LONGEST_ADORNMENT ? storableText(value) : null;
}
