import { once } from 'node:events';
import { request as ask } from 'node:http';
import { Writable } from 'node:stream';
import request from 'supertest';
import { WinstonLogger } from '../../../../src/infrastructure/logging/winston-logger.js';
import { HttpServer } from '../../../../src/interfaces/http/http-server.js';
import { aHttpApp } from './http-fakes.js';

const TOKEN = 'token-of-yesterday';
const FORGED = 'x\r\nts=1 level=error msg=forged\u0000\u001b[31m\u0085\u2028\u2029\u202e';
const LINE = /^(ts=\S+ level=\w+ msg=.*|\{"ts":.*\})$/;
const UNSAFE = /[\p{Cc}\u2028\u2029\u202e]/u;

/** An app that logs all it can, in earnest. */
function aLoggingApp(format: 'logfmt' | 'json') {
  const lines: string[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(...chunk.toString().split('\n').slice(0, -1));
      done();
    },
  });
  const logger = new WinstonLogger({ level: 'debug', format, secrets: [TOKEN] }, stream);
  return { ...aHttpApp({ logger, webhookTokens: [TOKEN] }), lines };
}

function expectClean(lines: readonly string[], count: number): void {
  expect(lines).toHaveLength(count);
  for (const line of lines) {
    expect(line).toMatch(LINE);
    expect(line).not.toMatch(UNSAFE);
    expect(line).not.toContain(TOKEN);
    expect(line).not.toContain(Buffer.from(`user:${TOKEN}`).toString('base64'));
  }
}

describe.each(['logfmt', 'json'] as const)('what requests leave in a log in %s', (format) => {
  test('is one line each, whatever stands in the body', async () => {
    const { app, lines } = aLoggingApp(format);
    const alerts = [{ status: FORGED, labels: { [FORGED]: FORGED } }, FORGED];
    const bodies = [
      JSON.stringify({ receiver: FORGED, truncatedAlerts: 1, externalURL: FORGED, alerts }),
      `{"${FORGED}": 1, "alerts": [`,
      `{"a\\u000alevel=error": 1, "a\\nlevel=error": 2}`,
    ];

    for (const body of bodies) await request(app).post('/webhook').auth('user', TOKEN).send(body);

    expectClean(lines, 4); // two of them about the first body
  });

  test('is one line each, whatever stands in the address and the headers', async () => {
    const { app, lines } = aLoggingApp(format);
    const server = new HttpServer(app, { host: '127.0.0.1', port: 0 });
    const { port } = await server.start();
    const addresses = [
      `/webhook/${encodeURIComponent(FORGED)}`,
      `/webhook/${TOKEN}-`,
      `/webhook/%ff?token=${TOKEN}`,
      '/nothing/%0d%0alevel=error',
    ];

    for (const path of addresses) {
      const headers = { Authorization: `Bearer ${TOKEN}`, 'X-Hostile': '\u0085\u00a0"level=error' };
      const sent = ask({ port, host: '127.0.0.1', method: 'POST', path, headers }).end('{}');
      const [response] = await once(sent, 'response');
      await once(response.resume(), 'end');
    }
    await server.stop(0);

    expectClean(lines, addresses.length);
  });

  test('has no header, token or key that an error carries with it', async () => {
    const { app, lines, acceptNotification } = aLoggingApp(format);
    const config = { headers: { Authorization: `Bearer ${TOKEN}` } };
    acceptNotification.failure = Object.assign(new Error(`refused: ${TOKEN}${FORGED}`), { config });

    await request(app).post('/webhook').auth('user', TOKEN).send('{"alerts": []}');
    await request(app).post('/webhook').auth('user', `${TOKEN}-wrong`).send('{"alerts": []}');

    expectClean(lines, 2);
  });
});
