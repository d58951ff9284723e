import type { LogEntries } from './log-line.js';

const REPLACEMENT = '[secret]';
/** A shorter one would be found in ordinary words. */
const SHORTEST = 8;

/**
 * The entries with every known secret replaced. Nobody is to log one; this is for what others put into their errors.
 */
export function withoutSecrets(entries: LogEntries, secrets: readonly string[]): LogEntries {
  const known = secrets.filter((secret) => secret.length >= SHORTEST);
  if (known.length === 0) return entries;
  const clean = (text: string): string =>
    known.reduce((rest, secret) => rest.replaceAll(secret, REPLACEMENT), text);
  return entries.map(([key, value]) => {
    if (typeof value === 'string') return [clean(key), clean(value)];
    return [clean(key), Array.isArray(value) ? value.map(clean) : value];
  });
}
