const SECOND = 1_000;
const DAY = 86_400 * SECOND;
const UNITS = [365 * DAY, 7 * DAY, DAY, 3_600 * SECOND, 60 * SECOND, SECOND, 1];
const DURATION = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;

/** Longer than any use, and short enough for every sum with a time to stay a time. */
const MAX_DURATION = 100 * 365 * DAY;

/** Reads a duration as Prometheus writes it (`1h30m`, `2d`, `0`), in milliseconds; null for anything else. */
export function parseDuration(text: string): number | null {
  if (text === '0') return 0;
  const match = text === '' ? null : DURATION.exec(text);
  if (match === null) return null;
  const milliseconds = UNITS.reduce((sum, unit, index) => sum + unit * Number(match[index + 1] ?? 0), 0);
  return milliseconds <= MAX_DURATION ? milliseconds : null;
}
