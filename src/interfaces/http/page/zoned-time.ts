import { html, type Html } from './html.js';

/** Shows a time, given in ISO 8601, to a person; a dash where there is none. */
export type ShowTime = (iso: string | null) => Html;

/** Writes a time as `2026-06-16 11:46:03`. */
export type WriteTime = (date: Date) => string;

export function writeTimeIn(timeZone: string): WriteTime {
  // The Swedish way to write a time is the ISO one.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return (date) => format.format(date);
}

/** Times in one zone for people, and in UTC for programs. */
export function showTimeBy(write: WriteTime): ShowTime {
  return (iso) => {
    const date = new Date(iso ?? Number.NaN);
    if (Number.isNaN(date.getTime())) return html`–`;
    return html`<time datetime="${date.toISOString()}">${write(date)}</time>`;
  };
}
