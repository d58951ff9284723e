import { once } from 'node:events';
import { createServer } from 'node:http';

/** Parses a body and answers: what any service pays before it does anything. Run as a process of its own. */
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { alerts } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { alerts: unknown[] };
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ accepted: alerts.length }));
  });
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
process.send?.(typeof address === 'object' && address !== null ? address.port : 0);
process.once('disconnect', () => process.exit());
