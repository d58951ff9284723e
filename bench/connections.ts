import { Agent, request as httpRequest } from 'node:http';
import { once } from 'node:events';

/** What a number of connections, each with one body after the other, got done. */
export interface Load {
  readonly bodiesEachSecond: number;
  /** Milliseconds from sending a body to having its answer. */
  readonly times: readonly number[];
}

/** A client with connections that stay open, as an Alertmanager's do. */
export class Connections {
  private readonly agent: Agent;

  constructor(
    private readonly baseUrl: string,
    private readonly count: number,
  ) {
    this.agent = new Agent({ keepAlive: true, maxSockets: count });
  }

  /** Posts the bodies in order, one at a time on each connection. Rejects when one is not answered 200. */
  async post(bodies: readonly string[]): Promise<Load> {
    const times: number[] = [];
    let next = 0;
    const begun = performance.now();
    const one = async (): Promise<void> => {
      for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) {
        times.push(await this.ask('POST', '/webhook', body));
      }
    };
    await Promise.all(Array.from({ length: this.count }, one));
    return { bodiesEachSecond: (bodies.length * 1000) / (performance.now() - begun), times };
  }

  /** Milliseconds until the answer was there in full. */
  async ask(method: string, path: string, body = ''): Promise<number> {
    const begun = performance.now();
    const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
    const sent = httpRequest(this.baseUrl + path, { method, agent: this.agent, headers });
    sent.end(body);
    const [response] = (await once(sent, 'response')) as [AsyncIterable<Buffer> & { statusCode: number }];
    for await (const _ of response);
    if (response.statusCode !== 200) throw new Error(`${path} is answered ${response.statusCode}.`);
    return performance.now() - begun;
  }

  close(): void {
    this.agent.destroy();
  }
}
