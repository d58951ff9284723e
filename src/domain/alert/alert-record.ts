import { laterOf, type Instant } from '../time/instant.js';

/** What is remembered of one alert key beyond its episodes. */
export interface AlertRecord {
  readonly id: string;
  readonly keyText: string;
  /** The newest endsAt of any accepted `resolved`, stale ones included; null while none was heard. */
  readonly newestEndsAt: Instant | null;
  /** Store-clock times (ms) of its latest ends, newest last, at most as many as flapping takes to show. */
  readonly recentEnds: readonly number[];
}

const FLAPPING_ENDS = 3;
const FLAPPING_WINDOW_MS = 60 * 60_000;

export function newAlertRecord(id: string, keyText: string): AlertRecord {
  return { id, keyText, newestEndsAt: null, recentEnds: [] };
}

/** A `resolved` was heard. The newest endsAt depends on the set of facts heard, not on their order. */
export function heardEnd(record: AlertRecord, endsAt: Instant): AlertRecord {
  return { ...record, newestEndsAt: laterOf(record.newestEndsAt, endsAt) };
}

/** An episode of the alert ended at `now`, or would have but for its hold. */
export function countEnd(record: AlertRecord, now: number): AlertRecord {
  return { ...record, recentEnds: [...record.recentEnds, now].slice(-FLAPPING_ENDS) };
}

/** Three ends within an hour. */
export function isFlapping(record: AlertRecord, now: number): boolean {
  const recent = record.recentEnds.filter((at) => at > now - FLAPPING_WINDOW_MS);
  return recent.length >= FLAPPING_ENDS;
}

/** A firing that started no later than an end already heard: a late copy, or a re-fire that kept its old start. */
export function isDoubtful(record: AlertRecord, startsAt: Instant): boolean {
  return record.newestEndsAt !== null && startsAt <= record.newestEndsAt;
}
