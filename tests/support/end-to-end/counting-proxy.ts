import { once } from 'node:events';
import {
  createServer,
  request as ask,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** Passes every request on to a server and keeps what was asked, as `PUT /issues/7.json`. */
export class CountingProxy {
  /** In the order in which they came. */
  readonly requests: string[] = [];
  private readonly server: Server;

  private constructor(private readonly target: URL) {
    this.server = createServer((near, answer) => this.passOn(near, answer));
  }

  static async to(target: string): Promise<CountingProxy> {
    const proxy = new CountingProxy(new URL(target));
    proxy.server.listen(0, '127.0.0.1');
    await once(proxy.server, 'listening');
    return proxy;
  }

  get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}${this.target.pathname.replace(/\/$/, '')}`;
  }

  /** Those that read or write issues: what concerns the server as a whole is asked from time to time in any case. */
  get aboutIssues(): readonly string[] {
    return this.requests.filter((request) => /^\w+ \S*\/issues[./]/.test(request));
  }

  get writes(): readonly string[] {
    return this.requests.filter((request) => !request.startsWith('GET '));
  }

  async dispose(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private passOn(near: IncomingMessage, answer: ServerResponse): void {
    const { method = 'GET', url: path = '/', headers } = near;
    this.requests.push(`${method} ${path.replace(/\?.*/, '')}`);
    const far = ask({ host: this.target.hostname, port: this.target.port, method, path, headers });
    far.on('response', (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
    });
    far.on('error', () => answer.destroy());
    near.pipe(far);
  }
}
