import { connect } from 'node:net';
import { once } from 'node:events';
import { gzipSync } from 'node:zlib';
import request from 'supertest';
import { StoreUnavailableError } from '../../../../src/application/ports/store.js';
import { HttpServer } from '../../../../src/interfaces/http/http-server.js';
import { aHttpApp } from './http-fakes.js';
import { bodyWithLabels } from './webhook-bodies.js';

const ONE_ALERT = bodyWithLabels({ alertname: 'Secret-Name' });
const MEGABYTE = 1024 * 1024;

/** Sends these very bytes: as JSON supertest would describe the Buffer instead. */
function postBytes(app: Parameters<typeof request>[0], body: Buffer, encoding = 'identity') {
  return request(app)
    .post('/webhook')
    .set({ 'Content-Type': 'application/octet-stream', 'Content-Encoding': encoding })
    .send(body);
}

function nested(depth: number): string {
  return `{"alerts": [], "more": ${'['.repeat(depth)}${']'.repeat(depth)}}`;
}

describe('a body that the webhook cannot read', () => {
  test.each([
    ['nothing', '', /the body is empty: send JSON such as \{"alerts"/],
    ['text', 'hello', /the body is not valid JSON: send JSON such as .* \(SyntaxError: /],
    ['half of it', '{"alerts": [', /the body is not valid JSON/],
    ['no object', '[]', /must be a JSON object with a list "alerts"/],
    ['null', 'null', /must be a JSON object/],
    ['no alerts', '{"receiver": "x"}', /alerts must be a list/],
    ['alerts that are no list', '{"alerts": {"0": {}}}', /alerts must be a list/],
    [
      'too many alerts',
      JSON.stringify({ alerts: Array(100_001).fill(0) }),
      /alerts must have at most 100000 entries/,
    ],
    [
      'a name twice',
      '{"alerts": [], "a": {"b": 1, "b": 2}}',
      /a name stands twice in one object of the body: send it once \(a\.b\)/,
    ],
    ['text in UTF-16', '\ufeff{\u0000}', /not valid JSON/],
    [
      'a million of nothing',
      `{"alerts": [], "a": [${'0,'.repeat(1_000_000)}0]}`,
      /holds more than 1000000 values/,
    ],
    [
      'an object of too many names',
      bodyWithLabels(Object.fromEntries(Array.from({ length: 1_001 }, (_, n) => [`l${n}`, '']))),
      /has an object with more than 1000 names/,
    ],
    ['fifty thousand lists', nested(50_000), /nested deeper than 64 levels/],
    ['too deep lists', nested(64), /nested deeper than 64 levels/],
    ['lists without end', '['.repeat(1_000_000), /nested deeper than 64 levels/],
  ])('is answered with 400 and what to do: %s', async (_what, body, message) => {
    const { app, acceptNotification } = aHttpApp();

    const response = await request(app).post('/webhook').set('Content-Type', 'application/json').send(body);

    expect(response.status).toBe(400);
    expect(response.body).toEqual({ error: expect.stringMatching(message) });
    expect(acceptNotification.accepted).toEqual([]);
  });

  test('is answered with 400 when it is not UTF-8', async () => {
    const { app } = aHttpApp();

    const shiftJis = Buffer.concat([
      Buffer.from('{"alerts": [], "a": "'),
      Buffer.of(0x83, 0x65),
      Buffer.from('"}'),
    ]);
    const response = await postBytes(app, shiftJis);

    expect(response.status).toBe(400);
    expect(response.body).toEqual({ error: 'the body is not UTF-8: send JSON in UTF-8' });
  });

  test('may be nested 64 levels deep, hold brackets in its texts, begin with a byte order mark and be packed', async () => {
    const { app } = aHttpApp();
    const brackets = JSON.stringify({ alerts: [], text: `"\\${'['.repeat(100)}` });
    const responses = [
      await postBytes(app, Buffer.from(nested(63))),
      await postBytes(app, Buffer.from(brackets)),
      await postBytes(app, Buffer.from(`\ufeff${ONE_ALERT}`)),
      await postBytes(app, gzipSync(ONE_ALERT), 'gzip'),
    ];

    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });

  test('is answered with 413 beyond 32 MB, also when it only grows to that', async () => {
    const { app } = aHttpApp();
    const body = Buffer.alloc(32 * MEGABYTE + 1, ' ');

    const plain = await postBytes(app, body);
    const packed = await postBytes(app, gzipSync(body), 'gzip');

    expect([plain.status, packed.status]).toEqual([413, 413]);
    expect(plain.body).toEqual({ error: expect.stringContaining('larger than 32 MB') });
  });

  test('is answered with 400 when it does not unpack', async () => {
    const { app } = aHttpApp();

    const noGzip = await postBytes(app, Buffer.from(ONE_ALERT), 'gzip');
    const half = await postBytes(app, gzipSync(ONE_ALERT).subarray(0, 30), 'gzip');

    expect([noGzip.status, half.status]).toEqual([400, 400]);
  });

  test('is answered with 415 when its encoding is unknown', async () => {
    const { app } = aHttpApp();

    const response = await request(app).post('/webhook').set('Content-Encoding', 'lzma').send(ONE_ALERT);

    expect(response.status).toBe(415);
  });
});

describe('what Alertmanager must try again', () => {
  test('is answered with 503 while the store is out of order', async () => {
    const { app, acceptNotification, logger } = aHttpApp();
    acceptNotification.failure = new StoreUnavailableError('disk full at a secret place');

    const response = await request(app).post('/webhook').send(ONE_ALERT);

    expect(response.status).toBe(503);
    expect(response.text).not.toContain('secret');
    expect(logger.lines.map(({ level, message }) => [level, message])).toEqual([['warn', 'request refused']]);
  });

  test('is answered with 503 during a shutdown', async () => {
    const { app, acceptNotification } = aHttpApp({ isStopping: () => true });

    const response = await request(app).post('/webhook').send(ONE_ALERT);

    expect(response.status).toBe(503);
    expect(acceptNotification.accepted).toEqual([]);
  });

  test('is answered with 503 when too many large bodies come at once', async () => {
    const { app } = aHttpApp();
    const server = new HttpServer(app, { host: '127.0.0.1', port: 0 });
    const { port } = await server.start();
    const head = `POST /webhook HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n`;
    const sockets = [1, 2, 3, 4].map(() => connect(port, '127.0.0.1'));
    for (const socket of sockets) {
      socket.write(`${head}Content-Length: ${32 * MEGABYTE}\r\n\r\n`);
      await once(socket, 'data'); // the server has taken it on and asks for the body
    }

    const refused = await request(`http://127.0.0.1:${port}`).post('/webhook').send(ONE_ALERT);
    for (const socket of sockets) socket.destroy();
    await server.stop(0);

    expect(refused.status).toBe(503);
  });
});

describe('large bodies one after the other', () => {
  test('are all taken, for each gives back its room', async () => {
    const { app } = aHttpApp();

    // Packed, each may grow to 32 MB; four of these fit at once.
    const statuses: number[] = [];
    for (let count = 1; count <= 6; count += 1)
      statuses.push((await postBytes(app, gzipSync(ONE_ALERT), 'gzip')).status);

    expect(statuses).toEqual([200, 200, 200, 200, 200, 200]);
  });
});

describe('an error that nobody foresaw', () => {
  test('is answered with 500 and no details, and logged with its stack but without the body', async () => {
    const { app, acceptNotification, logger } = aHttpApp();
    acceptNotification.failure = new TypeError('x is not a function');

    const response = await request(app).post('/webhook').send(ONE_ALERT);

    expect(response.status).toBe(500);
    expect(response.body).toEqual({ error: 'internal error; the log of Alertree says more' });
    expect(logger.linesOf('request failed')[0]?.fields).toMatchObject({
      path: '/webhook',
      error: expect.stringMatching(/TypeError: x is not a function\n\s+at /),
    });
    expect(logger.text()).not.toContain('Secret-Name');
  });

  test('is logged without the body when the body is not JSON', async () => {
    const { app, logger } = aHttpApp();

    await request(app).post('/webhook').set('Content-Type', 'application/json').send('Secret-Name');

    expect(logger.linesOf('request refused')).toHaveLength(1);
    expect(logger.text()).not.toContain('Secret-Name');
  });
});
