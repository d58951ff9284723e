import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A notification as it came over the wire. */
export interface SentNotification {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What is done with a notification, and the status of the answer to it. */
export type Handling = (notification: SentNotification) => Promise<number>;

/** A webhook for Alertmanager to call, on a free port of the loopback. */
export class NotificationServer {
  private readonly server: Server;

  constructor(private readonly handle: Handling) {
    this.server = createServer((request, response) => void this.receive(request, response));
  }

  async listen(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
  }

  get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/webhook`;
  }

  async dispose(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const status = await this.handle({ headers: request.headers, body: await text(request) });
      response.writeHead(status).end();
    } catch {
      // The sender or the receiver behind this one is gone: the sender, if it is there, hears of it and tries again.
      response.destroy();
    }
  }
}
