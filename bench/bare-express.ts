import { once } from 'node:events';
import express from 'express';

/** Express that parses a body as JSON and answers: what an intake written in it costs at least. A process of its own. */
const app = express();
app.use(express.json({ limit: '32mb' }));
app.post('/webhook', (request, response) => {
  const { alerts } = request.body as { alerts: unknown[] };
  response.json({ accepted: alerts.length, rejected: [] });
});
const server = app.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
process.send?.(typeof address === 'object' && address !== null ? address.port : 0);
process.once('disconnect', () => process.exit());
