import { jest } from '@jest/globals';
import { describeTicketBackend } from '../../contract/ticket-backend/ticket-backend.contract.js';
import { createRealHarness } from './real-redmine-harness.js';
import { startRedmine, type RedmineKind, type RedmineServer } from './servers.js';

/** The contract of ticket backends on a real Redmine, started once for the test file, and a project of its own there. */
export function describeRedmine(
  name: string,
  key: 'adminKey' | 'botKey',
  kind: RedmineKind = 'default',
): () => Promise<RedmineServer> {
  // The first test may have images to make; the others hundreds of requests, on a machine that does more than this.
  jest.setTimeout(900_000);
  let running: Promise<RedmineServer> | null = null;
  const redmine = () => (running ??= startRedmine(kind));

  describeTicketBackend(name, async () => {
    const server = await redmine();
    return createRealHarness(server, server[key]);
  });
  afterAll(async () => (await running)?.removeProject());
  return redmine;
}
