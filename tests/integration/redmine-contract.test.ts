import { jest } from '@jest/globals';
import { describeTicketBackend } from '../contract/ticket-backend/ticket-backend.contract.js';
import { createRealHarness } from './support/real-redmine-harness.js';
import { startRedmine, type RedmineServer } from './support/servers.js';

// A test makes up to 250 issues, each in a request of its own, and the first one may have images to make.
jest.setTimeout(900_000);

let server: Promise<RedmineServer> | null = null;

/** Started once for all tests. */
function redmine(): Promise<RedmineServer> {
  server ??= startRedmine();
  return server;
}

describeTicketBackend('a real Redmine, with the key of an administrator,', async () => {
  const running = await redmine();
  return createRealHarness(running, running.adminKey);
});

describeTicketBackend('a real Redmine, with the key of a bot of few rights,', async () => {
  const running = await redmine();
  return createRealHarness(running, running.botKey);
});
