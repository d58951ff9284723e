import { z } from 'zod';

/** Reads the text of a variable. */
type VariableReader<T> = z.ZodPipe<z.ZodString, z.ZodTransform<T, string>>;

/**
 * A variable that is read by `parse`, which gives null for what it does not understand. The problem quotes the value,
 * for none of these variables holds a secret, and says what to write instead.
 */
export function read<T>(parse: (text: string) => T | null, instead: string): VariableReader<T> {
  return reading(parse, (text) => `is ${quoted(text)}; write ${instead}`);
}

/** The same for a variable in which a secret may stand: the problem is the whole of what is said, without the value. */
export function readUnquoted<T>(parse: (text: string) => T | null, problem: string): VariableReader<T> {
  return reading(parse, () => problem);
}

/** A variable that holds a secret: read by `parse` once `problemWith` finds nothing, and quoted by no problem. */
export function readSecret<T>(
  problemWith: (text: string) => string | null,
  parse: (text: string) => T,
): VariableReader<T> {
  const parseGood = (text: string): T | null => (problemWith(text) === null ? parse(text) : null);
  return reading(parseGood, (text) => problemWith(text) ?? '');
}

/** One of a few words. */
export function word<const T extends string>(words: readonly T[]): ReturnType<typeof read<T>> {
  return read((text) => words.find((candidate) => candidate === text) ?? null, words.join(' or '));
}

/** Names with commas between them, without the empty and the repeated ones; null when none is left. */
export function parseList(text: string): readonly string[] | null {
  const names = new Set(text.split(',').map((name) => name.trim()));
  names.delete('');
  return names.size === 0 ? null : [...names];
}

function reading<T>(
  parse: (text: string) => T | null,
  problemWith: (text: string) => string,
): VariableReader<T> {
  return z.string().transform((text, context) => {
    const value = parse(text);
    if (value !== null) return value;
    context.issues.push({ code: 'custom', input: '', message: problemWith(text) });
    return z.NEVER;
  });
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
