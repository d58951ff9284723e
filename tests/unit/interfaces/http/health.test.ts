import request from 'supertest';
import { aHttpApp } from './http-fakes.js';

describe('health', () => {
  test('is OK as long as the process answers', async () => {
    const { app } = aHttpApp({ readiness: { reason: () => 'the store is out of order' } });

    const response = await request(app).get('/-/healthy');

    expect([response.status, response.text]).toEqual([200, 'OK']);
  });

  test('is ready when nothing stands in the way', async () => {
    const { app } = aHttpApp();

    const response = await request(app).get('/-/ready');

    expect([response.status, response.text]).toEqual([200, 'OK']);
  });

  test('is not ready for a reason that it names', async () => {
    const { app } = aHttpApp({ readiness: { reason: () => 'shutting down' } });

    const response = await request(app).get('/-/ready');

    expect([response.status, response.text]).toEqual([503, 'shutting down']);
  });

  test.each(['/-/healthy', '/-/ready'])(
    'can be asked for its head alone at %s, and for nothing else',
    async (path) => {
      const { app } = aHttpApp();

      const head = await request(app).head(path);
      const post = await request(app).post(path);
      const remove = await request(app).delete(path);

      expect([head.status, post.status, remove.status]).toEqual([200, 405, 405]);
      expect(post.headers['allow']).toBe('GET, HEAD');
    },
  );
});

describe('a path where nothing is', () => {
  test('is answered with JSON below /api and with text elsewhere', async () => {
    const { app } = aHttpApp();

    const api = await request(app).get('/api/v2/alerts');
    const other = await request(app).get('/favicon.ico');

    expect([api.status, other.status]).toEqual([404, 404]);
    expect(api.body).toEqual({ error: 'there is nothing at this path' });
    expect([other.type, other.text]).toEqual(['text/plain', 'there is nothing at this path']);
  });
});
