/** What a server asks beyond that is not believed: somebody would have to restart Alertree. */
const LONGEST_MS = 10 * 60_000;

type Headers = Readonly<Record<string, unknown>>;

/**
 * How long the server asks to be left alone, in milliseconds, ten minutes at most; null where it does not ask. A date is
 * compared with the date of the same answer: the clocks need not agree.
 */
export function retryAfterMs(headers: Headers): number | null {
  const asked = String(headers['retry-after'] ?? '').trim();
  const wait = /^\d+$/.test(asked)
    ? Number(asked) * 1_000
    : Date.parse(asked) - Date.parse(String(headers['date']));
  return Number.isNaN(wait) || wait <= 0 ? null : Math.min(wait, LONGEST_MS);
}
