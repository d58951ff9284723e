import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export interface ListenAddress {
  /** null: every address of the machine, IPv4 and IPv6. */
  readonly host: string | null;
  /** 0: any free port. */
  readonly port: number;
}

/** What one client may take of the server, and how long it may take over it. */
export interface ServerLimits {
  /** How long a connection may wait for its next request. */
  readonly keepAliveMs: number;
  /** How long the headers of a request may take, a connection that never asks anything included. */
  readonly headersMs: number;
  /** How long a request may take to come in full; beyond it is answered 408 and cut off. */
  readonly requestMs: number;
  /** How often the server looks for those that take too long. */
  readonly checkMs: number;
  /** Connections beyond it are closed at once. */
  readonly connections: number;
}

const LIMITS: ServerLimits = {
  // Alertmanager keeps idle connections for five minutes; whoever closes first must not be the server.
  keepAliveMs: 330_000,
  headersMs: 30_000,
  requestMs: 120_000, // enough for the largest body over a slow line
  checkMs: 5_000,
  connections: 1_000,
};

/** Serves an app on a port and stops without cutting off what it has begun to answer. */
export class HttpServer {
  private readonly server: Server;
  /** Every open connection with its answers that are not finished yet. */
  private readonly connections = new Map<Socket, Set<ServerResponse>>();
  private closed: Promise<unknown> | null = null;

  constructor(
    app: RequestListener,
    private readonly address: ListenAddress,
    limits: ServerLimits = LIMITS,
  ) {
    const timeouts = {
      keepAliveTimeout: limits.keepAliveMs,
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      connectionsCheckingInterval: limits.checkMs,
    };
    this.server = createServer(timeouts, (request, response) => {
      this.connections.get(request.socket)?.add(response);
      response.once('close', () => this.finish(request.socket, response));
      app(request, response);
    });
    this.server.maxConnections = limits.connections;
    this.server.on('connection', (socket) => {
      this.connections.set(socket, new Set());
      socket.once('close', () => this.connections.delete(socket));
    });
  }

  /** Resolves once the port is open, with its number; rejects with Node's own error when it cannot be opened. */
  async start(): Promise<{ readonly port: number }> {
    const { host, port } = this.address;
    this.server.listen(host === null ? { port } : { host, port });
    await once(this.server, 'listening');
    const bound = this.server.address();
    return { port: typeof bound === 'object' && bound !== null ? bound.port : port };
  }

  /**
   * Takes no new connection, ends those that wait for nothing and resolves when the rest is answered, or cut off after
   * `graceMs`. Calling it again with a shorter time shortens the wait.
   */
  async stop(graceMs: number): Promise<void> {
    if (this.closed === null) {
      if (!this.server.listening) return;
      this.closed = once(this.server, 'close');
      this.server.close();
      for (const [socket, answers] of this.connections) announceEnd(socket, answers);
    }
    const cutOff = setTimeout(() => this.server.closeAllConnections(), graceMs);
    await this.closed;
    clearTimeout(cutOff);
  }

  private finish(socket: Socket, response: ServerResponse): void {
    const answers = this.connections.get(socket);
    answers?.delete(response);
    if (this.closed !== null && answers?.size === 0) socket.end();
  }
}

/** A client that is not told would keep the connection, and lose the next request that it sends there. */
function announceEnd(socket: Socket, answers: ReadonlySet<ServerResponse>): void {
  if (answers.size === 0) socket.destroy();
  for (const response of answers) if (!response.headersSent) response.setHeader('Connection', 'close');
}
