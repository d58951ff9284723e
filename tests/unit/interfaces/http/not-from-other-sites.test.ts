import request from 'supertest';
import { aHttpApp } from './http-fakes.js';
import { SEED_FIRING } from './webhook-bodies.js';

const BODY = typeof SEED_FIRING === 'string' ? SEED_FIRING : JSON.stringify(SEED_FIRING);

describe('a notification', () => {
  it.each([
    ['a page of another site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a neighbouring site', { 'Sec-Fetch-Site': 'same-site' }],
    ['a page of another origin, in an old browser', { Origin: 'https://elsewhere.example' }],
    ['a file', { Origin: 'null' }],
  ])('is refused when %s makes a browser send it', async (_, headers) => {
    const { app } = aHttpApp();

    const response = await request(app).post('/webhook').set(headers).type('text/plain').send(BODY);

    expect([response.status, Object.keys(response.body as object)]).toEqual([403, ['error']]);
  });

  it.each([
    ['a program', {}],
    ['somebody who typed the address', { 'Sec-Fetch-Site': 'none' }],
    [
      'a page of its own',
      { 'Sec-Fetch-Site': 'same-origin', Origin: 'http://alertree.example', Host: 'alertree.example' },
    ],
  ])('is taken from %s', async (_, headers) => {
    const { app } = aHttpApp();

    const response = await request(app).post('/webhook').set(headers).send(BODY);

    expect(response.status).toBe(200);
  });
});
