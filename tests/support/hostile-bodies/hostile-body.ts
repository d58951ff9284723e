import fc from 'fast-check';
import { BROKEN, LARGE, NAMES, SCALARS, SHAPES } from './hostile-texts.js';
import { slotsOf, treeOf, written, type JsonTree } from './json-tree.js';

const time = fc.constantFrom(
  '2026-06-16T11:46:00.123456789+09:00',
  '2026-06-16T02:45:30Z',
  '2026-07-01T00:00:00.5Z',
);
const word = fc.oneof(fc.constantFrom('a', 'b', 'web-1:9100'), fc.string({ unit: 'grapheme', maxLength: 8 }));

const alert = fc.record(
  {
    status: fc.constantFrom('firing', 'firing', 'resolved'),
    labels: fc
      .record({ alertname: fc.constantFrom('HostDown', 'DiskFull', 'Slow'), instance: word })
      .chain((labels) => fc.dictionary(word, word, { maxKeys: 3 }).map((more) => ({ ...more, ...labels }))),
    annotations: fc.dictionary(word, word, { maxKeys: 2 }),
    startsAt: time,
    endsAt: fc.oneof(time, fc.constant('0001-01-01T00:00:00Z')),
    generatorURL: fc.constantFrom('http://prometheus:9090/graph', ''),
    fingerprint: fc.constantFrom('c2a57ae6e59efbf0', ''),
  },
  { requiredKeys: ['status', 'labels'] },
);

const goodBody = fc
  .record({
    alerts: fc.array(alert, { minLength: 1, maxLength: 5 }),
    receiver: word,
    truncatedAlerts: fc.constantFrom(0, 3),
  })
  .map((parts) => ({ version: '4', status: 'firing', groupKey: '{}', groupLabels: { a: 'b' }, ...parts }));

const hostileText = fc.oneof(
  { weight: 60, arbitrary: fc.constantFrom(...SCALARS) },
  { weight: 20, arbitrary: fc.constantFrom(...SHAPES) },
  { weight: 10, arbitrary: fc.json({ maxDepth: 3 }) },
  { weight: 3, arbitrary: fc.constantFrom(...LARGE) },
  { weight: 3, arbitrary: fc.constantFrom(...BROKEN) },
);

const mutation = fc.record({
  where: fc.nat(100_000),
  how: fc.constantFrom('put', 'put', 'put', 'remove', 'repeat', 'respell', 'rename', 'wrap'),
  text: hostileText,
  name: fc.constantFrom(...NAMES),
});

type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never;

function mutate(tree: JsonTree, { where, how, text: put, name }: Mutation): void {
  const slots = slotsOf(tree);
  const slot = slots[where % Math.max(1, slots.length)];
  if (slot === undefined) return;
  if (how === 'put') slot.put({ kind: 'raw', text: put });
  else if (how === 'remove') slot.remove();
  else if (how === 'repeat') slot.repeat();
  else if (how === 'wrap') slot.put({ kind: 'list', items: [slot.value] });
  else if (how === 'rename') slot.rename(name);
  else {
    slot.repeat();
    slot.rename(name);
  }
}

/** What a line, a proxy or a careless program does to bytes; to most of them nothing. */
const damage = fc.record({
  how: fc.oneof(
    { weight: 9, arbitrary: fc.constant('none') },
    { weight: 1, arbitrary: fc.constantFrom('cut', 'flip', 'insert', 'append', 'mark', 'utf16') },
  ),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  byte: fc.nat(255),
});

type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never;

function damaged(body: Buffer, { how, at, byte }: Damage): Buffer {
  const index = Math.floor(at * body.length);
  const [before, after] = [body.subarray(0, index), body.subarray(index)];
  if (how === 'cut') return before;
  if (how === 'flip') return Buffer.concat([before, Buffer.of(byte), after.subarray(1)]);
  if (how === 'insert') return Buffer.concat([before, Buffer.of(byte), after]);
  if (how === 'append') return Buffer.concat([body, Buffer.of(byte)]);
  if (how === 'mark') return Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), body]);
  return how === 'utf16' ? Buffer.from(body.toString('utf8'), 'utf16le') : body;
}

/** A body as Alertmanager sends it, and what becomes of it in a few steps, the most of them small. */
export const hostileBody: fc.Arbitrary<Buffer> = fc
  .record({ good: goodBody, mutations: fc.array(mutation, { maxLength: 4 }), damage })
  .map(({ good, mutations, damage: harm }) => {
    const tree = treeOf(good);
    for (const step of mutations) mutate(tree, step);
    return damaged(Buffer.from(written(tree)), harm);
  });
