import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A port on this machine behind which the server is, until it is cut off. */
export interface Forwarder {
  readonly url: string;
  cutOff(): Promise<void>;
}

/** `watch` is shown both ends of every connection before anything went over it. */
export async function forwardTo(
  target: string,
  watch: (near: Socket, far: Socket) => void = () => undefined,
): Promise<Forwarder> {
  const { hostname, port, pathname } = new URL(target);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port || '80'), hostname);
    watch(near, far);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => sockets.delete(one));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const own = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${own}${pathname.replace(/\/$/, '')}`,
    cutOff: async () => {
      if (!server.listening) return;
      server.close();
      for (const socket of sockets) socket.destroy();
      await untilRefused(own);
    },
  };
}

/** By then the other side of the connections that were open has heard of their end too. */
async function untilRefused(port: number): Promise<void> {
  while (await isAnswered(port));
}

function isAnswered(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
