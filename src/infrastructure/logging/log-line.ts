import type { LogFields } from '../../application/ports/logger.js';

export type LogValue = LogFields[string];

/** What a line says, in order. */
export type LogEntries = readonly (readonly [key: string, value: LogValue])[];

/**
 * What could end a line or change how it is shown: control characters, Unicode's own line ends, and the marks that
 * reverse the direction of text.
 */
const UNSAFE = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const BARE = /^[A-Za-z0-9_.:/@+-]+$/;
const MAX_CHARACTERS = 8_192;

/** `key=value key="another value"`, on one line whatever the values are. */
export function logfmtLine(entries: LogEntries): string {
  return entries.map(([key, value]) => `${safeKey(key)}=${logfmtValue(value)}`).join(' ');
}

/** A JSON object, on one line whatever the values are. */
export function jsonLine(entries: LogEntries): string {
  const pairs = entries.map(([key, value]) => `${oneLineJson(key)}:${oneLineJson(bounded(value))}`);
  return `{${pairs.join(',')}}`;
}

function safeKey(key: string): string {
  return key.replace(/[^A-Za-z0-9_.-]/g, '_');
}

function logfmtValue(value: LogValue): string {
  const text = cut(Array.isArray(value) ? value.join(',') : String(value));
  return BARE.test(text) ? text : oneLineJson(text);
}

function oneLineJson(value: unknown): string {
  return JSON.stringify(value).replace(UNSAFE, escaped);
}

function bounded(value: LogValue): LogValue {
  if (typeof value === 'string') return cut(value);
  return Array.isArray(value) ? value.map(cut) : value;
}

function cut(text: string): string {
  return text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}…` : text;
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
