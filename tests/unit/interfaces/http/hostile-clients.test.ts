import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import request from 'supertest';
import { HttpServer, type ServerLimits } from '../../../../src/interfaces/http/http-server.js';
import { untilTrue } from '../../../support/app/until.js';
import { aHttpApp } from './http-fakes.js';
import { bodyWithLabels } from './webhook-bodies.js';

const PATIENT: ServerLimits = {
  keepAliveMs: 60_000,
  headersMs: 60_000,
  requestMs: 60_000,
  checkMs: 10,
  connections: 100,
};
const HURRIED: ServerLimits = { ...PATIENT, headersMs: 20, requestMs: 40 };
const ONE_ALERT = bodyWithLabels({ alertname: 'Test' });

/** What is said on a connection of its own, as bytes. */
class Client {
  received = '';
  private readonly closed: Promise<unknown>;

  private constructor(private readonly socket: Socket) {
    socket.setEncoding('utf8').on('data', (text: string) => (this.received += text));
    socket.on('error', () => undefined); // a server that cuts off may do so with a reset
    this.closed = new Promise((resolve) => socket.once('close', resolve));
  }

  static async at(port: number): Promise<Client> {
    const socket = connect(port, '127.0.0.1');
    const client = new Client(socket);
    await once(socket, 'connect');
    return client;
  }

  say(text: string): void {
    this.socket.write(text);
  }

  /** Everything that came until the server closed the connection. */
  async untilClosed(): Promise<string> {
    await this.closed;
    return this.received;
  }

  /** Resolves when this has come. */
  async untilSaid(text: string): Promise<void> {
    while (!this.received.includes(text)) await once(this.socket, 'data');
  }

  leave(): void {
    this.socket.destroy();
  }
}

describe('a server with hostile clients', () => {
  let server: HttpServer;
  let port: number;
  let parts: ReturnType<typeof aHttpApp>;

  const serve = async (limits: ServerLimits): Promise<void> => {
    parts = aHttpApp();
    server = new HttpServer(parts.app, { host: '127.0.0.1', port: 0 }, limits);
    ({ port } = await server.start());
  };
  afterEach(() => server.stop(0));

  const expectAlive = async (): Promise<void> => {
    const response = await request(`http://127.0.0.1:${port}`).post('/webhook').send(ONE_ALERT);
    expect(response.body).toEqual({ accepted: 1, rejected: [] });
  };

  test.each([
    ['says nothing', ''],
    ['never ends its headers', 'POST /webhook HTTP/1.1\r\nHost: localhost\r\nX-Slow: 1\r\n'],
    [
      'sends half of its body',
      'POST /webhook HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n\r\n{"alerts"',
    ],
    [
      'never ends its chunks',
      'POST /webhook HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{"alerts"\r\n',
    ],
  ])('answers 408 to one that %s, and lets go of it', async (_what, bytes) => {
    await serve(HURRIED);
    const client = await Client.at(port);

    client.say(bytes);

    expect(await client.untilClosed()).toMatch(/^HTTP\/1\.1 408 /);
    expect(parts.acceptNotification.accepted).toEqual([]);
  });

  test('waits for a slow body and takes it whole, however it is cut into pieces', async () => {
    await serve(PATIENT);
    const client = await Client.at(port);
    client.say('POST /webhook HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n');

    for (const byte of ONE_ALERT) client.say(`1\r\n${byte}\r\n`);
    client.say('0\r\n\r\n');
    await client.untilSaid('{"accepted":1,"rejected":[]}');

    expect(parts.acceptNotification.accepted).toHaveLength(1);
    client.leave();
  });

  test('takes nothing of a body whose sender leaves half-way, and says so in the log', async () => {
    await serve(PATIENT);
    const client = await Client.at(port);
    client.say('POST /webhook HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n');
    client.say(`Content-Length: ${ONE_ALERT.length + 1}\r\n\r\n${ONE_ALERT}`);
    await client.untilSaid('100 Continue');

    const refused = new Promise((resolve) => {
      parts.logger.warn = (_message, fields) => resolve(fields);
    });
    client.leave();

    expect(await refused).toMatchObject({ status: 400, reason: expect.stringContaining('cut off') });
    expect(parts.acceptNotification.accepted).toEqual([]);
    await expectAlive();
  });

  test.each([
    ['headers without end', `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['an address without end', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`, 431],
    ['no HTTP', 'hello\r\n\r\n', 400],
    ['no host', 'GET /-/healthy HTTP/1.1\r\n\r\n', 400],
    ['a control character in a header', 'GET / HTTP/1.1\r\nHost: localhost\r\nX: a\u0000b\r\n\r\n', 400],
    [
      'two lengths',
      'POST /webhook HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}',
      400,
    ],
    [
      'a length and chunks',
      'POST /webhook HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['a negative length', 'POST /webhook HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n', 400],
    [
      'chunks that are none',
      'POST /webhook HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
      400,
    ],
  ])('answers 4xx to %s', async (_what, bytes, status) => {
    await serve(PATIENT);
    const client = await Client.at(port);

    client.say(bytes);

    expect(await client.untilClosed()).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    await expectAlive();
  });

  test('closes connections beyond its number at once, and takes new ones when others have gone', async () => {
    await serve({ ...PATIENT, connections: 3 });
    const crowd = await Promise.all([1, 2, 3].map(() => Client.at(port)));

    const oneTooMany = await Client.at(port);
    expect(await oneTooMany.untilClosed()).toBe('');

    for (const client of crowd) client.leave();
    await Promise.all(crowd.map((client) => client.untilClosed()));
    // The server hears of the last goodbye in its own time.
    await untilTrue('a new connection is taken', async () => (await statusOf(port)) === 200);
  });

  test('serves hundreds of connections at once, while others only hold theirs', async () => {
    await serve({ ...PATIENT, connections: 1_000 });
    const idle = await Promise.all(Array.from({ length: 300 }, () => Client.at(port)));

    const busy = await Promise.all(Array.from({ length: 200 }, () => statusOf(port)));

    expect(new Set(busy)).toEqual(new Set([200]));
    for (const client of idle) client.leave();
  });
});

async function statusOf(port: number): Promise<number> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/webhook`, { method: 'POST', body: ONE_ALERT });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}
