import { connect } from 'node:net';
import { once } from 'node:events';
import request from 'supertest';
import { AccessTokens } from '../../../../src/interfaces/http/access-tokens.js';
import { HttpServer } from '../../../../src/interfaces/http/http-server.js';
import { aHttpApp, seenFrom } from './http-fakes.js';

const OLD = 'token-of-yesterday';
const NEW = 'token:of:today-/+=';
const BODY = '{"alerts": []}';

const basic = (pair: string): string => `Basic ${Buffer.from(pair).toString('base64')}`;

describe('the tokens', () => {
  const tokens = new AccessTokens([OLD, NEW]);

  test.each([
    [`Bearer ${OLD}`],
    [`Bearer ${NEW}`],
    [`bearer  ${NEW} `],
    [basic(`alertmanager:${OLD}`)],
    [basic(`:${NEW}`)],
    [basic(`日本:${NEW}`)],
  ])('are accepted in %s', (header) => {
    expect(tokens.accept(header)).toBe(true);
  });

  test.each([
    [undefined],
    [''],
    ['Bearer'],
    ['Bearer '],
    [`Bearer ${OLD}x`],
    [`Bearer ${OLD.slice(0, -1)}`],
    [`Bearer ${OLD} ${NEW}`],
    [`Bearer ${OLD},${NEW}`],
    [OLD],
    [`Token ${OLD}`],
    [basic(OLD)],
    [basic(`${OLD}:`)],
    [basic(`user:${OLD}\n`)],
    [basic('user:')],
    ['Basic %%%'],
  ])('are not accepted in %s', (header) => {
    expect(tokens.accept(header)).toBe(false);
  });

  test('open nothing when there is none', () => {
    const none = new AccessTokens([]);

    expect([none.areSet, none.accept('Bearer '), none.accept(basic('user:'))]).toEqual([false, false, false]);
  });
});

describe('an Alertree with tokens', () => {
  test.each(['/webhook', '/webhook/tokyo', '/alert', '/alert?wait=1'])(
    'takes notifications at %s from who has one',
    async (path) => {
      const { app, acceptNotification } = aHttpApp({ webhookTokens: [OLD, NEW] });

      const statuses: number[] = [];
      for (const header of [`Bearer ${OLD}`, basic(`am:${NEW}`), `Bearer ${OLD}!`, '']) {
        const response = await request(app).post(path).set('Authorization', header).send(BODY);
        statuses.push(response.status);
      }

      expect(statuses).toEqual([200, 200, 401, 401]);
      expect(acceptNotification.accepted).toHaveLength(2);
    },
  );

  test('says how to come in, and logs neither the header nor a token', async () => {
    const { app, logger } = aHttpApp({ webhookTokens: [OLD] });

    const response = await request(app).post('/webhook').set('Authorization', `Bearer ${NEW}`).send(BODY);

    expect(response.headers['www-authenticate']).toBe(
      'Basic realm="Alertree", charset="UTF-8", Bearer realm="Alertree"',
    );
    expect(response.body).toEqual({ error: expect.stringContaining('ALERTREE_WEBHOOK_TOKEN') });
    expect(logger.linesOf('request refused')).toHaveLength(1);
    expect(logger.text()).not.toContain(NEW);
  });

  test('answers who has none before any of the body is there', async () => {
    const { app } = aHttpApp({ webhookTokens: [OLD] });
    const server = new HttpServer(app, { host: '127.0.0.1', port: 0 });
    const { port } = await server.start();
    const socket = connect(port, '127.0.0.1');

    socket.write('POST /webhook HTTP/1.1\r\nHost: localhost\r\nContent-Length: 30000000\r\n\r\n');
    const [head] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    await server.stop(0);

    expect(head.toString()).toMatch(/^HTTP\/1\.1 401 /);
  });

  test.each(['/', '/api/v1/ticket-groups', '/api/v1/ticket-groups/x', '/api/nothing'])(
    'asks for one at %s, on its own machine and where reading is open, too',
    async (path) => {
      const { app } = aHttpApp({ webhookTokens: [OLD], openRead: true });

      const response = await request(app).get(path);

      expect(response.status).toBe(401);
      expect(response.headers['www-authenticate']).toContain('Basic realm=');
    },
  );

  test('lets other machines read with one', async () => {
    const { app } = aHttpApp({ webhookTokens: [OLD] });
    const server = seenFrom('10.0.0.7', app);

    const headers = { Authorization: basic(`me:${OLD}`), Host: 'alertree.example' };
    const page = await request(server).get('/').set(headers);
    const api = await request(server).get('/api/v1/ticket-groups').set(headers);

    expect([page.status, api.status]).toEqual([200, 200]);
  });

  test('leaves the health open', async () => {
    const { app } = aHttpApp({ webhookTokens: [OLD] });

    const healthy = await request(app).get('/-/healthy');
    const ready = await request(app).get('/-/ready');

    expect([healthy.status, ready.status]).toEqual([200, 200]);
  });
});
