import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import request from 'supertest';
import { untilTrue } from '../../../support/app/until.js';
import { aHttpApp, seenFrom } from './http-fakes.js';
import { ALERTMANAGER_BODY } from './webhook-bodies.js';

interface Answered {
  readonly handler: string;
  readonly method: string;
  readonly code: string;
  readonly seconds: number;
}

function measuredApp(changes: Parameters<typeof aHttpApp>[0] = {}) {
  const answered: Answered[] = [];
  const requests = { answered: (one: Answered) => void answered.push(one) };
  return { ...aHttpApp({ requests, ...changes }), answered };
}

describe('the metrics over HTTP', () => {
  test('answer everybody, in the format that Prometheus asks for', async () => {
    const { app } = aHttpApp();

    const response = await request(seenFrom('203.0.113.7', app))
      .get('/metrics')
      .set('Host', 'alertree.example');

    expect([response.status, response.text]).toEqual([200, 'up 1\n']);
    expect(response.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(response.headers['cache-control']).toBe('no-store');
  });

  test('can be read only', async () => {
    const { app } = aHttpApp();

    const head = await request(app).head('/metrics');
    const post = await request(app).post('/metrics');

    expect([head.status, post.status, post.headers['allow']]).toEqual([200, 405, 'GET, HEAD']);
  });
});

describe('every request', () => {
  let server: Server | null = null;
  afterEach(() => {
    server?.close().closeAllConnections();
    server = null;
  });

  test('is told with who answered it and how', async () => {
    const { app, answered } = measuredApp();

    await request(app).post('/webhook/tokyo').send(ALERTMANAGER_BODY);
    await request(app).post('/ALERT').send('no JSON');
    await request(app).post('/webhook?wait=1').send(ALERTMANAGER_BODY);
    await request(app).get('/api/v1/ticket-groups');
    await request(app).get('/');
    await request(app).get('/-/healthy');
    await request(app).head('/metrics');

    expect(answered.map(({ handler, method, code }) => `${method} ${handler} ${code}`)).toEqual([
      'POST /webhook 200',
      'POST /webhook 400',
      'POST /webhook?wait 200',
      'GET /api 200',
      'GET / 200',
      'GET /- 200',
      'HEAD /metrics 200',
    ]);
    expect(answered.every(({ seconds }) => seconds > 0)).toBe(true);
  });

  test('is told in no words of its sender', async () => {
    const { app, answered } = measuredApp();

    await request(app).get('/webhook/%0Aevil%7B%7D');
    await request(app).get('/evil/../..;');
    await request(app).get('/%E0%A4%A');
    await request(app).propfind('/-/evil');

    expect(answered.map(({ handler, method, code }) => `${method} ${handler} ${code}`)).toEqual([
      'GET /webhook 405',
      'GET other 404',
      'GET other 404',
      'other /- 404',
    ]);
  });

  test('is told as aborted when its sender did not wait for the answer', async () => {
    const arrived = Promise.withResolvers<null>();
    const acceptNotification = {
      execute: () => {
        arrived.resolve(null);
        return new Promise<never>(() => undefined);
      },
    };
    const { app, answered } = measuredApp({ acceptNotification });
    server = createServer(app).listen(0);
    const { port } = server.address() as AddressInfo;
    const leaving = new AbortController();
    const sent = fetch(`http://127.0.0.1:${port}/webhook`, {
      method: 'POST',
      body: JSON.stringify(ALERTMANAGER_BODY),
      signal: leaving.signal,
    });

    await arrived.promise;
    leaving.abort();

    await expect(sent).rejects.toThrow('aborted');
    await untilTrue('the request is told', () => answered.length === 1);
    expect(answered[0]).toMatchObject({ handler: '/webhook', code: 'aborted' });
  });
});
