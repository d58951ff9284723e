import { once } from 'node:events';
import { Agent, get, type IncomingMessage, type RequestListener } from 'node:http';
import { connect } from 'node:net';
import { HttpServer } from '../../../../src/interfaces/http/http-server.js';

const LOOPBACK = { host: '127.0.0.1', port: 0 };
const LONG_MS = 60_000;

/** An app whose answers the test releases, one by one. */
class SlowApp {
  private readonly pending: (() => void)[] = [];
  private onArrival: () => void = () => undefined;

  readonly listener: RequestListener = (_request, response) => {
    this.pending.push(() => response.end('done'));
    this.onArrival();
  };

  async arrived(): Promise<void> {
    if (this.pending.length > 0) return;
    await new Promise<void>((resolve) => {
      this.onArrival = resolve;
    });
  }

  release(): void {
    this.pending.shift()?.();
  }
}

/** The response, once it is here in full. */
function ask(port: number, agent?: Agent): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', port, agent: agent ?? false });
    request.once('error', reject);
    request.once('response', (response) => response.once('end', () => resolve(response)).resume());
  });
}

const answerAtOnce: RequestListener = (_request, response) => {
  response.end('done');
};

describe('the HTTP server', () => {
  test('tells the port that it opened, and takes no connection once stopped', async () => {
    const server = new HttpServer(answerAtOnce, LOOPBACK);

    const { port } = await server.start();
    const response = await ask(port);
    await server.stop(LONG_MS);

    expect(port).toBeGreaterThan(0);
    expect(response.statusCode).toBe(200);
    await expect(ask(port)).rejects.toThrow('ECONNREFUSED');
  });

  test('serves every address of the machine when it is given no host', async () => {
    const server = new HttpServer(answerAtOnce, { host: null, port: 0 });

    const { port } = await server.start();
    const response = await ask(port);
    await server.stop(LONG_MS);

    expect(response.statusCode).toBe(200);
  });

  test('rejects with the reason when the port cannot be opened', async () => {
    const first = new HttpServer(answerAtOnce, LOOPBACK);
    const { port } = await first.start();

    const second = new HttpServer(answerAtOnce, { ...LOOPBACK, port });

    await expect(second.start()).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await second.stop(LONG_MS);
    await first.stop(LONG_MS);
  });

  test('keeps a connection between notifications, longer than Alertmanager does', async () => {
    const server = new HttpServer(answerAtOnce, LOOPBACK);
    const { port } = await server.start();
    const agent = new Agent({ keepAlive: true });

    const response = await ask(port, agent);

    expect(response.headers['connection']).toBe('keep-alive');
    expect(Number(/timeout=(\d+)/.exec(String(response.headers['keep-alive']))?.[1])).toBeGreaterThan(300);
    agent.destroy();
    await server.stop(LONG_MS);
  });

  test('ends connections that wait for nothing when it stops', async () => {
    const server = new HttpServer(answerAtOnce, LOOPBACK);
    const { port } = await server.start();
    const agent = new Agent({ keepAlive: true });
    await ask(port, agent);
    const silent = connect(port, '127.0.0.1');
    await once(silent, 'connect');

    await server.stop(LONG_MS);

    agent.destroy();
    silent.destroy();
  });

  test('answers in full what it had begun, and tells the client that the connection ends', async () => {
    const app = new SlowApp();
    const server = new HttpServer(app.listener, LOOPBACK);
    const { port } = await server.start();
    const agent = new Agent({ keepAlive: true });
    const answer = ask(port, agent);
    await app.arrived();

    const stopped = server.stop(LONG_MS);
    app.release();
    const response = await answer;
    await stopped;

    expect(response.statusCode).toBe(200);
    expect(response.headers['connection']).toBe('close');
    agent.destroy();
  });

  test('ends a connection after an answer whose head was sent before the stop', async () => {
    const app = new SlowApp();
    const beginAtOnce: RequestListener = (request, response) => {
      response.flushHeaders();
      app.listener(request, response);
    };
    const server = new HttpServer(beginAtOnce, LOOPBACK);
    const { port } = await server.start();
    const agent = new Agent({ keepAlive: true });
    const answer = ask(port, agent);
    await app.arrived();

    const stopped = server.stop(LONG_MS);
    app.release();
    const response = await answer;
    await stopped;

    expect(response.headers['connection']).toBe('keep-alive');
    agent.destroy();
  });

  test('cuts off what is not answered in time', async () => {
    const app = new SlowApp();
    const server = new HttpServer(app.listener, LOOPBACK);
    const { port } = await server.start();
    const answer = ask(port);
    await app.arrived();

    const [outcome] = await Promise.allSettled([answer, server.stop(1)]);

    expect(outcome.status).toBe('rejected');
  });

  test('stops sooner when it is asked again with less patience', async () => {
    const app = new SlowApp();
    const server = new HttpServer(app.listener, LOOPBACK);
    const { port } = await server.start();
    const answer = ask(port);
    await app.arrived();

    const patient = server.stop(LONG_MS);
    const [outcome] = await Promise.allSettled([answer, server.stop(1), patient]);

    expect(outcome.status).toBe('rejected');
  });
});
