import * as fc from 'fast-check';
import { repeatedNames } from '../../../../src/interfaces/http/alertmanager-webhook/repeated-names.js';

describe('names that stand twice in one object', () => {
  test.each([
    ['{"a": 1, "a": 2}', 'a'],
    ['{"alerts": [], "alerts": []}', 'alerts'],
    ['{"alerts": {"0": {"a": 1, "a": 1}}}', 'alerts.0.a'],
    ['{"a": [1, {"b": {}, "c": [[]], "b": ","}]}', 'a.1.b'],
    [String.raw`{"a": 1, "\u0061": 2}`, 'a'],
    [String.raw`{"\"": 1, "x\\": "{\"", "\u0022": 2}`, '"'],
    ['{"__proto__": 1, "__proto__": 2}', '__proto__'],
    ['[[{"x": 1, "x": 2}]]', '0.0.x'],
    [`{"${'n'.repeat(200)}": 1, "${'n'.repeat(200)}": 2}`, 'n'.repeat(100)],
  ])('are found in %s', (text, path) => {
    expect(repeatedNames(text)).toMatchObject({ inBody: path, inAlerts: new Map() });
  });

  test('belong to the alert in which they are, which is kept as it was sent', () => {
    const good = '{"labels": {"a": "labels", "b": "a"}}';
    const first = '{"labels": {"a": "1", "a": "2", "b": 1, "b": 2}, "x": "]}"}';
    const second = '[0, {"a": "1", "a": ","}]';

    const { inBody, inAlerts } = repeatedNames(`{"x": [{}], "alerts": [${good}, ${first}, 7, ${second}]}`);

    expect(inBody).toBeNull();
    expect(inAlerts).toEqual(
      new Map([
        [1, { name: 'labels.a', sent: first }],
        [3, { name: '1.a', sent: second }],
      ]),
    );
  });

  test('are none in what a program writes', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        const found = repeatedNames(text);
        expect([found.inBody, found.inAlerts.size]).toEqual([null, 0]);
      }),
    );
  });
});
