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

/** A span of time in at most two units: `3m 20s`, `2h 5m`, `4d 1h`. Never negative. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const units = [
    { name: 'd', size: 86_400 },
    { name: 'h', size: 3_600 },
    { name: 'm', size: 60 },
    { name: 's', size: 1 },
  ];
  const first = units.findIndex((unit) => seconds >= unit.size);
  if (first === -1) return '0s';
  const shown = units.slice(first, first + 2).map(({ name, size }, index) => {
    const above = index === 0 ? Number.POSITIVE_INFINITY : (units[first]?.size ?? 1);
    return { name, count: Math.floor((seconds % above) / size) };
  });
  return shown
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => `${count}${name}`)
    .join(' ');
}
