/** A server that asks for more is asked again then: it may have changed its mind. */
const LONGEST_MS = 10 * 60_000;

/**
 * How long the server asks to be left alone, in milliseconds, ten minutes at most; null where it does not ask. A date is
 * compared with the date of the same answer: the clocks need not agree.
 */
export function retryAfterMs(headers: Readonly<Record<string, unknown>>): number | null {
  const { 'retry-after': asked, date } = headers;
  if (typeof asked !== 'string') return null;
  const wait = /^\d+$/.test(asked) ? Number(asked) * 1_000 : Date.parse(asked) - Date.parse(String(date));
  return Number.isNaN(wait) || wait <= 0 ? null : Math.min(wait, LONGEST_MS);
}
