import type { NameValue } from '../../../domain/alert/label-set.js';
import { isStorable, storableText } from './storable-text.js';

const MAX_PAIRS = 256;
const MAX_NAME_BYTES = 1024;
const MAX_VALUE_BYTES = 64 * 1024;

/**
 * Says what is wrong with a map of labels or annotations as it was sent, naming the entry; null when nothing is. Names
 * are arbitrary (`__proto__`, `constructor`), so nothing is ever called or looked up on the map itself.
 */
export function problemWithPairs(field: string, sent: unknown): string | null {
  if (!isRecord(sent)) return `${field} must be an object of names and values`;
  const names = Object.keys(sent);
  if (names.length > MAX_PAIRS) return `${field} must have at most ${MAX_PAIRS} entries`;
  for (const name of names) {
    const value = sent[name];
    const problem = problemWithName(name) ?? problemWithValue(value);
    if (problem !== null) return `${field}.${name.slice(0, 100)} ${problem}`;
  }
  return null;
}

/** The pairs of a map that has no problem; numbers and booleans as text. */
export function pairsOf(sent: unknown): readonly NameValue[] {
  return isRecord(sent)
    ? Object.entries(sent).map(([name, value]) => [name, storableText(String(value))])
    : [];
}

/** True for a map with at least one value; whatever else may be wrong with it. */
export function hasPair(sent: unknown): boolean {
  return isRecord(sent) && Object.values(sent).some((value) => value !== '');
}

/** True for a JSON object, which no list and no null is. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function problemWithName(name: string): string | null {
  if (name === '') return 'must have a name';
  // Unlike a value it cannot be mended: two names could become one.
  if (!isStorable(name)) return 'must have a name without U+0000 and halves of surrogate pairs';
  return Buffer.byteLength(name) > MAX_NAME_BYTES
    ? `must have a name of at most ${MAX_NAME_BYTES} bytes`
    : null;
}

function problemWithValue(value: unknown): string | null {
  if (typeof value === 'boolean') return null;
  if (typeof value === 'number') return problemWithNumber(value);
  if (typeof value !== 'string') return 'must be a string';
  return Buffer.byteLength(value) > MAX_VALUE_BYTES ? `must have at most ${MAX_VALUE_BYTES} bytes` : null;
}

/** A number that JavaScript cannot tell from its neighbour would make two alerts one. */
function problemWithNumber(value: number): string | null {
  return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? null : 'must be a string, for the number is too large';
}
