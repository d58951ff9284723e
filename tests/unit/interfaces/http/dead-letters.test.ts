import request from 'supertest';
import { StoreUnavailableError, type DeadLetter } from '../../../../src/application/ports/store.js';
import { MORNING } from './a-group.js';
import { aHttpApp } from './http-fakes.js';

const LETTER: DeadLetter = {
  id: '0f1e2d',
  source: 'tokyo',
  receivedAt: MORNING,
  problem: 'labels.instance must be a string',
  body: '{"labels":{"instance":["a"]}}',
};

describe('the list of dead letters', () => {
  test('says of each where it came from, when, and what is wrong with it', async () => {
    const { app, deadLetters } = aHttpApp();
    deadLetters.letters = [LETTER];

    const response = await request(app).get('/api/v1/dead-letters');

    expect(response.status).toBe(200);
    expect(response.headers['cache-control']).toBe('no-store');
    const { body, receivedAt, ...rest } = LETTER;
    expect(response.body).toEqual({
      total: 1,
      page: 1,
      perPage: 50,
      deadLetters: [{ ...rest, receivedAt: new Date(receivedAt).toISOString(), excerpt: body }],
    });
  });

  test('shows no more than the beginning of what came, and breaks no character in two', async () => {
    const { app, deadLetters } = aHttpApp();
    deadLetters.letters = [{ ...LETTER, body: `x${'😀'.repeat(40_000)}` }];

    const response = await request(app).get('/api/v1/dead-letters');

    expect(response.body).toMatchObject({ deadLetters: [{ excerpt: `x${'😀'.repeat(999)}\ufffd` }] });
  });

  test('is read page by page', async () => {
    const { app, deadLetters } = aHttpApp();

    await request(app).get('/api/v1/dead-letters?page=3');
    const refused = await request(app).get('/api/v1/dead-letters?page=0');

    expect(deadLetters.asked).toEqual([{ page: 3, perPage: 50 }]);
    expect(refused.status).toBe(400);
  });

  test('is answered with 503 while the store is out of order, and takes GET only', async () => {
    const deadLetters = { list: () => Promise.reject(new StoreUnavailableError('disk full')) };
    const { app } = aHttpApp({ deadLetters });

    const failed = await request(app).get('/api/v1/dead-letters');
    const posted = await request(app).post('/api/v1/dead-letters');

    expect([failed.status, posted.status, posted.headers['allow']]).toEqual([503, 405, 'GET, HEAD']);
  });
});
