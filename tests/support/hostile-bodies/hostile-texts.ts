import { treeOf, written } from './json-tree.js';

const quoted = (values: readonly string[]): readonly string[] => values.map((value) => JSON.stringify(value));
const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

function names(count: number): string {
  const pairs = Array.from({ length: count }, (_, index) => [`name${index}`, 'x'] as const);
  return written(treeOf(Object.fromEntries(pairs)));
}

/** Names that mean something in JavaScript, in a body, or nowhere; as JSON text. */
export const NAMES: readonly string[] = [
  quoted(['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString', 'toJSON', 'then', 'length']),
  quoted(['alerts', 'status', 'labels', 'annotations', 'startsAt', 'truncatedAlerts', '', '0', '日本語']),
  quoted(['\u0000', '\ud800', 'n'.repeat(1_024), 'n'.repeat(1_025), ' ', '\n', '\u2028']),
  [String.raw`"\u0073tatus"`, String.raw`"l\u0061bels"`, String.raw`"\u0061lertname"`],
].flat();

export const SCALARS: readonly string[] = [
  ['null', 'true', 'false', '0', '-0', '0.1', '1e3', '-1', '1e999', '-1e999', '5e-324'],
  ['9007199254740991', '9007199254740993', '123456789012345678901234567890'],
  quoted([
    '',
    'x',
    '\u0000',
    'a\ud800b',
    '\udfff',
    '\u2028\u0085\u001b[31m',
    'x\nlevel=error',
    '😀'.repeat(50),
  ]),
  quoted(['firing', 'resolved', 'Firing']),
  quoted(['2026-02-29T00:00:00Z', '2028-02-29T23:59:60.999999999999+23:59', '2026-06-16t11:46:00z']),
  quoted([
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59-14:00',
    '2026-06-16T24:00:00Z',
    '2026-13-01T00:00:00Z',
  ]),
].flat();

export const SHAPES: readonly string[] = [
  ['[]', '{}', '[[]]', '[{}]', '{"a":{}}', '{"__proto__":{"polluted":1}}', '{"a":1,"a":2}'],
  ['{"constructor":{"prototype":{"polluted":1}}}', '{"length":1e9}', '{"then":"x"}', '{"toJSON":"x"}'],
].flat();

/** At the limits and beyond them. */
export const LARGE: readonly string[] = [
  [55, 60, 61, 62, 63, 64, 50_000].map(nested),
  [256, 257, 1_000, 1_001].map(names),
  quoted(['x'.repeat(65_536), 'x'.repeat(65_537)]),
].flat();

/** What no JSON parser takes. */
export const BROKEN: readonly string[] = [
  ['NaN', 'undefined', '01', '1.', '.5', '+1', '0x10', "'x'", 'True', '', ',', '"', '"\u0001"', '"\n"'],
  [String.raw`"\x"`, String.raw`"\u12"`, '[1,]', '{"a":1,}', '{"a"}', '{1:2}', '//', '/**/1', '[}', '{]'],
].flat();
