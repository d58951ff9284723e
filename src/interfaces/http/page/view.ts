import { duration } from '../../../application/ticket-text/local-time.js';
import type { PageWords } from './words/page-words.js';
import { showTimeBy, writeTimeIn, type ShowTime, type WriteTime } from './zoned-time.js';

/** How one reader sees things: in a language, in a zone, at a moment. */
export interface View {
  readonly words: PageWords;
  readonly writeTime: WriteTime;
  readonly showTime: ShowTime;
  /** How long it is since then, in milliseconds. */
  readonly age: (iso: string) => number;
  /** The same in words, to the minute. */
  readonly lasted: (iso: string) => string;
}

export function viewOf(words: PageWords, timeZone: string, now: number): View {
  const writeTime = writeTimeIn(timeZone);
  const showTime = showTimeBy(writeTime);
  const age = (iso: string): number => now - Date.parse(iso);
  return { words, writeTime, showTime, age, lasted: (iso) => lasted(age(iso), words) };
}

const MINUTE_MS = 60_000;

/** Seconds would change what is shown at every look. */
function lasted(milliseconds: number, words: PageWords): string {
  if (milliseconds < MINUTE_MS) return words.underAMinute;
  return duration(Math.floor(milliseconds / MINUTE_MS) * MINUTE_MS, words.units);
}
