import type { Messages } from './messages.js';
import { millisOf, type Instant } from '../../domain/time/instant.js';

/** Times as people read them, in one zone. The zone is an IANA name, judged before the start. */
export class LocalTime {
  private readonly shortParts: Intl.DateTimeFormat;
  private readonly longParts: Intl.DateTimeFormat;

  constructor(zone: string) {
    const base = { timeZone: zone, hourCycle: 'h23', month: 'numeric', day: 'numeric' } as const;
    this.shortParts = new Intl.DateTimeFormat('en-US', { ...base, hour: 'numeric', minute: '2-digit' });
    this.longParts = new Intl.DateTimeFormat('en-US', {
      ...base,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      timeZoneName: 'longOffset',
    });
  }

  /** As in a subject: `6/16 11:46`. */
  short(instant: Instant): string {
    const part = partsOf(this.shortParts, millisOf(instant));
    return `${part('month')}/${part('day')} ${part('hour')}:${part('minute')}`;
  }

  /** To the second with the offset: `2026-06-16 11:46:00 +09:00`. */
  long(instant: Instant): string {
    return this.longMillis(millisOf(instant));
  }

  longMillis(millis: number): string {
    const part = partsOf(this.longParts, millis);
    const offset = part('timeZoneName').replace('GMT', '') || '+00:00';
    const day = `${part('year')}-${part('month')}-${part('day')}`;
    return `${day} ${part('hour')}:${part('minute')}:${part('second')} ${offset}`;
  }
}

function partsOf(
  format: Intl.DateTimeFormat,
  millis: number,
): (type: Intl.DateTimeFormatPartTypes) => string {
  const parts = format.formatToParts(millis);
  return (type) => parts.find((part) => part.type === type)?.value ?? '';
}

const SIZES = [86_400, 3_600, 60, 1] as const;

/** A span of time in at most two units: `3m 20s`, `2h 5m`, `4d 1h`. Never negative. */
export function duration(milliseconds: number, units: Messages['units']): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const first = SIZES.findIndex((size) => seconds >= size);
  if (first === -1) return `0${units[3]}`;
  const shown = SIZES.slice(first, first + 2).map((size, index) => {
    const above = SIZES[first + index - 1] ?? Number.POSITIVE_INFINITY;
    return {
      count: Math.floor((index === 0 ? seconds : seconds % above) / size),
      unit: units[first + index],
    };
  });
  return shown
    .filter(({ count }) => count > 0)
    .map(({ count, unit }) => `${count}${unit}`)
    .join(' ');
}
