import express, { type RequestHandler } from 'express';
import request from 'supertest';
import { errorHandler } from '../../../../src/interfaces/http/middleware/error-handler.js';
import { RecordingLogger } from '../../../support/recording-logger.js';

function anAppThat(handler: RequestHandler) {
  const logger = new RecordingLogger();
  const app = express().get('/', handler).use(errorHandler(logger));
  return { app, logger };
}

describe('the error handler', () => {
  test('cuts off an answer that fails half-way, instead of letting it pass for a whole one', async () => {
    const { app, logger } = anAppThat((_request, response) => {
      response.write('half');
      throw new Error('broken');
    });

    await expect(request(app).get('/')).rejects.toThrow(/hang up|aborted/);
    expect(logger.linesOf('request failed')).toHaveLength(1);
  });

  test.each([
    ['that carries a status of its own', Object.assign(new Error('from elsewhere'), { status: 400 })],
    ['that is no error at all', 'a text'],
  ])('answers 500 to something thrown %s', async (_what, thrown) => {
    const { app, logger } = anAppThat((_request, _response, next) => next(thrown));

    const response = await request(app).get('/');

    expect([response.status, response.text]).toEqual([500, 'internal error; the log of Alertree says more']);
    expect(logger.linesOf('request failed')).toHaveLength(1);
  });
});
