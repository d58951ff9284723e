import { LabelSet } from '../../../../src/domain/alert/label-set.js';
import { toNotification } from '../../../../src/interfaces/http/alertmanager-webhook/alertmanager-webhook.mapper.js';
import { ALERTMANAGER_BODY } from './webhook-bodies.js';

/** Reads JSON text, so that names such as `__proto__` are labels as they are on the wire. */
function read(text: string) {
  return toNotification('default', JSON.parse(text));
}

function alertWith(fields: object): string {
  return JSON.stringify({ alerts: [{ status: 'firing', labels: { alertname: 'A' }, ...fields }] });
}

describe('reading a notification', () => {
  test('keeps what a real Alertmanager sends to the nanosecond, and takes the zero time for none', async () => {
    const notification = await read(JSON.stringify(ALERTMANAGER_BODY));

    expect(notification).toMatchObject({ source: 'default', receiver: 'alertree', rejected: [] });
    expect(notification.alerts[0]).toEqual({
      index: 0,
      alert: {
        source: 'default',
        status: 'firing',
        labels: [
          ['alertname', 'HostDown'],
          ['instance', 'web-1:9100'],
          ['job', 'node'],
          ['severity', 'critical'],
        ],
        annotations: [['summary', 'web-1 is down']],
        startsAt: '2026-06-16T02:46:00.123456789Z',
        endsAt: null,
        generatorUrl: 'http://prometheus:9090/graph?g0.expr=up+%3D%3D+0',
        externalUrl: 'http://alertmanager:9093',
        fingerprint: 'c2a57ae6e59efbf0',
      },
    });
    expect(notification.alerts[1]?.alert).toMatchObject({
      status: 'resolved',
      startsAt: '2026-06-16T02:40:00.000000000Z',
      endsAt: '2026-06-16T02:45:30.500000000Z',
    });
  });

  test('keeps labels and annotations of every name', async () => {
    const names = [
      '__proto__',
      'constructor',
      'hasOwnProperty',
      'toString',
      'then',
      '日本語',
      'utf8 . names',
      '0',
      'a.b',
    ];
    const pairs = names
      .map((name) => `${JSON.stringify(name)}: ${JSON.stringify(`value of ${name}`)}`)
      .join();

    const notification = await read(
      `{"alerts": [{"status": "firing", "labels": {${pairs}}, "annotations": {${pairs}}}]}`,
    );

    const expected = names.map((name) => [name, `value of ${name}`] as const);
    const { labels, annotations } = notification.alerts[0]?.alert ?? { labels: [], annotations: [] };
    expect(notification.rejected).toEqual([]);
    expect(new Map(labels)).toEqual(new Map(expected));
    expect(new Map(annotations)).toEqual(new Map(expected));
    expect(LabelSet.of(labels).get('__proto__')).toBe('value of __proto__');
  });

  test('is not led astray by fields of those names in the body and in an alert', async () => {
    const alert = `{"status": "firing", "labels": {"alertname": "A"}, "__proto__": {"status": "x"}, "constructor": 1}`;

    const notification = await read(
      `{"__proto__": {"alerts": 1}, "constructor": {"a": 1}, "alerts": [${alert}]}`,
    );

    expect(notification.alerts).toHaveLength(1);
    expect(({} as { status?: unknown }).status).toBeUndefined();
  });

  test('turns numbers and booleans among the labels into text', async () => {
    const notification = await read(alertWith({ labels: { port: 9100, ratio: 0.5, up: false } }));

    expect(notification.alerts[0]?.alert.labels).toEqual([
      ['port', '9100'],
      ['ratio', '0.5'],
      ['up', 'false'],
    ]);
  });

  test('does not refuse an alert for what only adorns it', async () => {
    const notification = await read(
      alertWith({ generatorURL: { constructor: 1 }, fingerprint: 7, annotations: null, startsAt: null }),
    );

    expect(notification.alerts[0]?.alert).toMatchObject({
      generatorUrl: null,
      externalUrl: null,
      fingerprint: null,
      annotations: [],
    });
  });

  test.each([
    ['an alert that is no object', '{"alerts": ["x"]}', 'an alert must be an object'],
    ['an alert that is null', '{"alerts": [null]}', 'an alert must be an object'],
    ['an alert that is a list', '{"alerts": [[]]}', 'an alert must be an object'],
    ['no status', alertWith({ status: undefined }), 'status must be "firing" or "resolved"'],
    ['another status', alertWith({ status: 'suppressed' }), 'status must be "firing" or "resolved"'],
    [
      'a status that is an object',
      alertWith({ status: { constructor: 1 } }),
      'status must be "firing" or "resolved"',
    ],
    ['no labels', alertWith({ labels: undefined }), 'labels must be an object of names and values'],
    ['labels in a list', alertWith({ labels: ['a'] }), 'labels must be an object of names and values'],
    ['not one label', alertWith({ labels: {} }), 'labels must have at least one entry with a value'],
    [
      'only empty labels',
      alertWith({ labels: { a: '' } }),
      'labels must have at least one entry with a value',
    ],
    ['a label without a name', alertWith({ labels: { '': 'x' } }), 'labels. must have a name'],
    ['a label that is null', alertWith({ labels: { instance: null } }), 'labels.instance must be a string'],
    [
      'a label that is a list',
      alertWith({ labels: { constructor: [] } }),
      'labels.constructor must be a string',
    ],
    [
      'an annotation that is an object',
      alertWith({ annotations: { a: {} } }),
      'annotations.a must be a string',
    ],
    [
      'annotations that are text',
      alertWith({ annotations: 'x' }),
      'annotations must be an object of names and values',
    ],
    ['a day without an hour', alertWith({ startsAt: '2026-06-16' }), /^startsAt must be an RFC 3339 time/],
    [
      'a day that does not exist',
      alertWith({ startsAt: '2026-02-30T00:00:00Z' }),
      /^startsAt must be an RFC 3339 time/,
    ],
    ['a time as a number', alertWith({ endsAt: 1_781_578_000 }), /^endsAt must be an RFC 3339 time/],
    ['a time as an object', alertWith({ endsAt: {} }), /^endsAt must be an RFC 3339 time/],
    [
      'a huge number',
      alertWith({ labels: { id: 2 ** 53 } }),
      'labels.id must be a string, for the number is too large',
    ],
    [
      'a number beyond all',
      '{"alerts": [{"status": "firing", "labels": {"id": -1e999}}]}',
      'labels.id must be a string, for the number is too large',
    ],
    [
      'NUL in a name',
      alertWith({ labels: { 'a\u0000': 'x' } }),
      'labels.a\ufffd must have a name without U+0000 and halves of surrogate pairs',
    ],
    [
      'half a surrogate pair in a name',
      alertWith({ annotations: { '\ud800': 'x' } }),
      'annotations.\ufffd must have a name without U+0000 and halves of surrogate pairs',
    ],
    [
      'two faults',
      alertWith({ status: 'x', labels: { a: null } }),
      /^status .*; labels\.a must be a string$/,
    ],
  ])('rejects %s', async (_what, text, problem) => {
    const notification = await read(text);

    const expected: unknown = typeof problem === 'string' ? problem : expect.stringMatching(problem);
    expect(notification.alerts).toEqual([]);
    expect(notification.rejected).toEqual([{ index: 0, problem: expected, body: expect.any(String) }]);
  });

  test('takes 256 labels of 64 kB each, and rejects one more and one byte more', async () => {
    const many = Object.fromEntries(Array.from({ length: 256 }, (_, index) => [`label${index}`, 'x']));
    const long = 'あ'.repeat(64 * 1024 - 1).slice(0, 21_845); // three bytes each: 65,535 bytes
    const alerts = [
      many,
      { ...many, more: 'x' },
      { a: long },
      { a: `${long}xx` },
      { ['n'.repeat(1_025)]: 'x' },
    ];

    const notification = await toNotification('default', {
      alerts: alerts.map((labels) => ({ status: 'firing', labels })),
    });

    expect(notification.alerts.map(({ index }) => index)).toEqual([0, 2]);
    expect(notification.rejected.map(({ problem }) => problem)).toEqual([
      'labels must have at most 256 entries',
      'labels.a must have at most 65536 bytes',
      `labels.${'n'.repeat(100)} must have a name of at most 1024 bytes`,
    ]);
  });

  test('keeps a rejected alert as it was sent, up to 64 kB', async () => {
    const short = '{"labels":{"__proto__":"kept"},"status":"what"}';
    const long = `{"status":"what","text":"${'😀'.repeat(40_000)}"}`;

    const notification = await read(`{"alerts": [${short}, ${long}]}`);

    const [first, second] = notification.rejected.map(({ body }) => body);
    expect(first).toBe(short);
    expect(second).toHaveLength(64 * 1024);
    expect(second?.isWellFormed()).toBe(true);
  });

  test('mends what no store can keep, and leaves out what no address can be', async () => {
    const bad = 'a\u0000b\ud800c';
    const mended = 'a\ufffdb\ufffdc';
    const alert = { labels: { a: bad }, annotations: { a: bad }, generatorURL: bad, fingerprint: bad };
    const { alerts, receiver } = await toNotification('default', {
      receiver: bad,
      externalURL: 'x'.repeat(65_537),
      alerts: [{ status: 'firing', ...alert }],
    });

    expect(receiver).toBe(mended);
    expect(alerts[0]?.alert).toMatchObject({
      labels: [['a', mended]],
      annotations: [['a', mended]],
      generatorUrl: mended,
      fingerprint: mended,
      externalUrl: null,
    });
  });

  test.each([[undefined], [null], [7], [{ name: 'x' }]])(
    'takes the receiver %j for none',
    async (receiver) => {
      expect((await toNotification('default', { receiver, alerts: [] })).receiver).toBeNull();
    },
  );
});
