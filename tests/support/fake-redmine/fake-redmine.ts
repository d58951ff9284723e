import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { connect } from 'node:net';
import { NOT_THERE, type DecideFault, type FakeFault, type FakeRequest } from './fault.js';
import { FakeRedmineModel } from './model.js';
import { answerTo, type FakeAnswer } from './routes.js';

/** Redmine may be served below a path. */
const PATH = '/redmine';
const OUTSIDE = '/outside';

/**
 * A Redmine for tests, on a port of its own: the REST API with the rules that matter to us, no database, a clock that
 * moves when it is told to. Requests go wrong as `fault` decides.
 */
export class FakeRedmine {
  readonly model = new FakeRedmineModel();
  /** Every request that arrived, in order. */
  readonly requests: FakeRequest[] = [];
  fault: DecideFault = () => null;
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private late: (() => void)[] = [];
  private port = 0;

  private constructor() {
    this.server = createServer((incoming, outgoing) => void this.serve(incoming, outgoing));
    this.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
  }

  static async start(): Promise<FakeRedmine> {
    const fake = new FakeRedmine();
    fake.server.listen(0, '127.0.0.1');
    await once(fake.server, 'listening');
    fake.port = (fake.server.address() as AddressInfo).port;
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}${PATH}`;
  }

  advance(seconds: number): void {
    this.model.now += seconds * 1000;
  }

  /** Carries out what was to come late, in order. */
  commitLate(): void {
    const late = this.late;
    this.late = [];
    for (const work of late) work();
  }

  /** Returns when nothing answers any more and clients have heard of the end of their connections. */
  async stop(): Promise<void> {
    if (!this.server.listening) return;
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    while (await this.isAnswered());
  }

  private async serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const request = await read(incoming);
    this.requests.push(request);
    const fault = this.fault(request) ?? (request.path === OUTSIDE ? NOT_THERE : null);
    if (fault === null) send(outgoing, answerTo(this.model, request));
    else this.fail(fault, request, outgoing);
  }

  private fail(fault: FakeFault, request: FakeRequest, outgoing: ServerResponse): void {
    switch (fault.kind) {
      case 'late':
        this.late.push(() => answerTo(this.model, request));
        return;
      case 'slow':
        if (fault.drops) outgoing.socket?.destroy();
        void fault.until.then(() => send(outgoing, answerTo(this.model, request)));
        return;
      case 'answer':
        outgoing.writeHead(fault.status, { ...fault.headers }).end(fault.body ?? '');
        return;
      case 'drop-before':
        outgoing.socket?.destroy();
        return;
      case 'drop-after':
        answerTo(this.model, request);
        outgoing.socket?.destroy();
        return;
      case 'error-after':
        answerTo(this.model, request);
        send(outgoing, { status: 500, body: { status: 500, error: 'Internal Server Error' } });
        return;
      case 'change':
        send(outgoing, answerTo(this.model, request), fault.change);
    }
  }

  private isAnswered(): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect(this.port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      });
      socket.on('error', () => resolve(false));
    });
  }
}

async function read(incoming: IncomingMessage): Promise<FakeRequest> {
  let body = '';
  incoming.setEncoding('utf8');
  for await (const chunk of incoming) body += String(chunk);
  const url = new URL(incoming.url ?? '/', 'http://redmine');
  const path = url.pathname.startsWith(PATH) ? url.pathname.slice(PATH.length) : OUTSIDE;
  return { method: incoming.method ?? '', path, query: url.searchParams, headers: incoming.headers, body };
}

function send(outgoing: ServerResponse, answer: FakeAnswer, change = (body: string) => body): void {
  if (answer.status === 204) outgoing.writeHead(204).end();
  else if (answer.body === null) {
    outgoing.writeHead(answer.status, { 'content-type': 'application/json' }).end();
  } else {
    outgoing.writeHead(answer.status, { 'content-type': 'application/json; charset=utf-8' });
    outgoing.end(change(JSON.stringify(answer.body)));
  }
}
