/**
 * A moment as Alertmanager sent it, to the nanosecond: RFC 3339 in UTC with nine fraction digits, for example
 * `2026-06-16T02:46:00.123456789Z`. Two instants compare in time order as plain text, in TypeScript and in SQL.
 */
export type Instant = string & { readonly __instant: true };

/** Stands for a moment that nobody knows; older than every other. */
export const UNKNOWN_INSTANT = '0001-01-01T00:00:00.000000000Z' as Instant;

const RFC3339 =
  /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/;

/** Go's zero time, which Alertmanager sends as `endsAt` of a firing alert: it means "no time". */
const ZERO_YEAR = '0001-';

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

/** Milliseconds since the epoch, or null where the calendar has no such moment (month 13, 30 February, hour 24). */
function utcMillis(part: (index: number) => number): number | null {
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map(part) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  if (hour > 23 || minute > 59 || second > 60) return null;
  return date.setUTCHours(hour, minute, second);
}

/** Reads an RFC 3339 time. Returns null for anything else; digits beyond the nanosecond are cut. */
export function parseInstant(text: string): Instant | null {
  const match = RFC3339.exec(text);
  if (match === null) return null;
  const part = (index: number): number => Number(match[index] ?? 0);
  const local = utcMillis(part);
  if (local === null) return null;
  const offsetMinutes = (match[8] === '-' ? -1 : 1) * (part(9) * 60 + part(10));
  const nanoseconds = (match[7] ?? '').slice(0, 9).padEnd(9, '0');
  return compose(local - offsetMinutes * 60_000, nanoseconds);
}

/** The instant of a clock that counts milliseconds since the epoch. */
export function instantFromMillis(millis: number): Instant {
  const whole = Math.floor(millis / 1000) * 1000;
  return (
    compose(whole, pad(Math.round((millis - whole) * 1e6), 9)) ??
    ('9999-12-31T23:59:59.999999999Z' as Instant)
  );
}

function compose(wholeSecondMillis: number, nanoseconds: string): Instant | null {
  const date = new Date(wholeSecondMillis);
  const year = date.getUTCFullYear();
  if (!(year >= 0 && year <= 9999)) return null;
  const day = `${pad(year, 4)}-${pad(date.getUTCMonth() + 1, 2)}-${pad(date.getUTCDate(), 2)}`;
  const time = `${pad(date.getUTCHours(), 2)}:${pad(date.getUTCMinutes(), 2)}:${pad(date.getUTCSeconds(), 2)}`;
  return `${day}T${time}.${nanoseconds}Z` as Instant;
}

/** Milliseconds since the epoch, for showing and for durations; never for comparing facts. */
export function millisOf(instant: Instant): number {
  return Date.parse(`${instant.slice(0, 23)}Z`);
}

/** True for Go's zero time, in whichever zone it was written, and for a moment that nobody knows. */
export function isZeroInstant(instant: Instant): boolean {
  return instant.startsWith(ZERO_YEAR) || instant.startsWith('0000-');
}

/** The later of two; null counts as earlier than everything. */
export function laterOf(one: Instant | null, other: Instant): Instant {
  return one !== null && one > other ? one : other;
}
