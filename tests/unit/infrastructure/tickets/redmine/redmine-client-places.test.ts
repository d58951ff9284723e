import { once } from 'node:events';
import { createServer, get, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RedmineClient } from '../../../../../src/infrastructure/tickets/redmine/redmine-client.js';

/** Answers nobody until told to. */
class HoldingServer {
  private held: ServerResponse[] = [];
  private readonly server: Server = createServer((request, response) => {
    if (request.url === '/direct') response.end();
    else this.held.push(response);
  });

  async listen(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** How many wait for an answer, when all that could arrive by now has arrived. */
  async waiting(url: string, atLeast: number): Promise<number> {
    do {
      const [response] = (await once(get(`${url}/direct`), 'response')) as [NodeJS.ReadableStream];
      response.resume();
      await once(response, 'end');
    } while (this.held.length < atLeast);
    return this.held.length;
  }

  answerAll(): void {
    for (const response of this.held.splice(0)) {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    }
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

describe('the places of the client of Redmine', () => {
  it('are four: what comes further waits for its turn', async () => {
    const server = new HoldingServer();
    const url = await server.listen();
    const client = new RedmineClient({ url, apiKey: 'c'.repeat(40) });

    const answers = Array.from({ length: 6 }, () => client.call().get('/issues.json'));

    expect(await server.waiting(url, 4)).toBe(4);
    server.answerAll();
    expect(await server.waiting(url, 2)).toBe(2);
    server.answerAll();
    expect(await Promise.all(answers)).toHaveLength(6);
    server.stop();
  });
});
