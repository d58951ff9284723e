import request from 'supertest';
import { isLocalName, isLoopback } from '../../../../src/interfaces/http/middleware/readers-only.js';
import { aHttpApp, seenFrom } from './http-fakes.js';

describe('who may read', () => {
  test.each([
    ['127.0.0.1', true],
    ['127.8.9.10', true],
    ['::1', true],
    ['::ffff:127.0.0.1', true],
    ['10.0.0.7', false],
    ['::ffff:10.0.0.7', false],
    ['2001:db8::1', false],
    ['fe80::1%eth0', false],
    ['localhost', false],
    ['', false],
    [undefined, false],
  ])('the address %s counts as the machine itself: %s', (address, expected) => {
    expect(isLoopback(address)).toBe(expected);
  });

  test.each([
    ['localhost:5005', true],
    ['LOCALHOST', true],
    ['127.0.0.1:5005', true],
    ['[::1]:5005', true],
    ['alertree:5005', true],
    ['alertree.localhost', true],
    [undefined, true],
    ['evil.example:5005', false],
    ['[2001:db8::1]:5005', false],
    ['10.0.0.7', false],
  ])('the host %s is one that no stranger can point here: %s', (host, expected) => {
    expect(isLocalName(host)).toBe(expected);
  });

  test.each(['/', '/api/v1/ticket-groups', '/api/v1/ticket-groups/x', '/api/nothing'])(
    'refuses %s to other machines, whatever they say of themselves, and names the remedy',
    async (path) => {
      const { app } = aHttpApp();

      const response = await request(seenFrom('10.0.0.7', app))
        .get(path)
        .set({ 'X-Forwarded-For': '127.0.0.1', Forwarded: 'for=127.0.0.1', 'X-Real-IP': '127.0.0.1' });

      expect(response.status).toBe(403);
      expect(response.text).toContain('ALERTREE_OPEN_READ=true');
    },
  );

  test('refuses a page that a web site asks for through a browser of this machine', async () => {
    const { app } = aHttpApp();

    const response = await request(app).get('/').set('Host', 'evil.example:5005');

    expect(response.status).toBe(403);
  });

  test.each(['10.0.0.7', '::ffff:10.0.0.7', '2001:db8::1'])(
    'lets %s read once reading is open',
    async (address) => {
      const { app } = aHttpApp({ openRead: true });

      const page = await request(seenFrom(address, app)).get('/').set('Host', 'alertree.example');
      const api = await request(seenFrom(address, app)).get('/api/v1/ticket-groups');

      expect([page.status, api.status]).toEqual([200, 200]);
    },
  );

  test('leaves the webhook and the health open to everybody', async () => {
    const { app } = aHttpApp();
    const server = seenFrom('10.0.0.7', app);

    const webhook = await request(server).post('/webhook').send('{"alerts": []}');
    const healthy = await request(server).get('/-/healthy');
    const ready = await request(server).get('/-/ready');

    expect([webhook.status, healthy.status, ready.status]).toEqual([200, 200, 200]);
  });
});
