import { once } from 'node:events';
import {
  Agent,
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A request that went through the proxy. Times are those of `performance.now()` in this process. */
export interface Exchange {
  readonly method: string;
  /** Below the address of the server, with its query. */
  readonly path: string;
  readonly body: string;
  readonly begunAt: number;
  readonly answeredAt: number;
  readonly status: number;
  readonly answer: string;
}

/** Shorter than any server keeps an idle connection. */
const IDLE_MS = 3_000;

/**
 * Stands between a client and a Redmine on this machine and keeps what went through: both sides of a comparison are
 * counted and timed here, at the same place. It can hold an answer back until so long after the request came.
 */
export class RecordingProxy {
  private seen: Exchange[] = [];
  private writing = 0;
  private mostWriting = 0;
  /** While it is paused. */
  private port = 0;
  private readonly agent = new Agent({ keepAlive: true, timeout: IDLE_MS });
  private readonly server = createServer((incoming, outgoing) => {
    this.pass(incoming, outgoing).catch((error: unknown) => {
      console.error(`The proxy got no answer: ${String(error)}`);
      outgoing.writeHead(502).end();
    });
  });

  private constructor(
    private readonly target: string,
    private readonly delayMs: number,
  ) {}

  static async start(target: string, delayMs = 0): Promise<RecordingProxy> {
    const proxy = new RecordingProxy(target, delayMs);
    proxy.server.listen(0, '127.0.0.1');
    await once(proxy.server, 'listening');
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${this.address.port}`;
  }

  private get address(): AddressInfo {
    return this.server.address() as AddressInfo;
  }

  /** About issues, in the order of their arrival; what probes and looks for settings ask is about other things. */
  get exchanges(): readonly Exchange[] {
    return this.seen
      .filter(({ path }) => path.startsWith('/issues'))
      .toSorted((one, other) => one.begunAt - other.begunAt);
  }

  /** How many writes were under way at once at most. */
  get mostInFlight(): number {
    return this.mostWriting;
  }

  /** How many requests were answered since the start or since `forget`. */
  get passed(): number {
    return this.seen.length;
  }

  /** Nobody can connect any more; resolves when the connections there were are gone. */
  async pause(): Promise<void> {
    this.port = this.address.port;
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  /** Takes connections again, at the same address. */
  async resume(): Promise<void> {
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
  }

  forget(): void {
    this.seen = [];
    this.mostWriting = 0;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
    this.agent.destroy();
  }

  private async pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const begunAt = performance.now();
    const { method = '', url: path = '' } = incoming;
    const isWrite = method !== 'GET';
    this.writing += Number(isWrite);
    this.mostWriting = Math.max(this.mostWriting, this.writing);
    try {
      const body = await textOf(incoming);
      const response = await this.forward(incoming, body);
      const answer = await textOf(response);
      const left = begunAt + this.delayMs - performance.now();
      if (left > 0) await sleep(left);
      const { statusCode: status = 0 } = response;
      this.seen.push({ method, path, body, begunAt, answeredAt: performance.now(), status, answer });
      const type = response.headers['content-type'];
      outgoing.writeHead(status, type === undefined ? {} : { 'content-type': type }).end(answer);
    } finally {
      this.writing -= Number(isWrite);
    }
  }

  private async forward({ method, url, headers }: IncomingMessage, body: string): Promise<IncomingMessage> {
    const { host: _, connection: __, ...passed } = headers;
    const sent = httpRequest(`${this.target}${url ?? ''}`, { method, headers: passed, agent: this.agent });
    sent.end(body);
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    return response;
  }
}

async function textOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
