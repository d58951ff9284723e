import { jest } from '@jest/globals';
import { describeTicketBackend } from '../contract/ticket-backend/ticket-backend.contract.js';
import { realRedmine } from './support/real-redmine.js';
import { createRealHarness } from './support/real-redmine-harness.js';

// A test makes up to 250 issues, each in a request of its own.
jest.setTimeout(300_000);

const redmine = realRedmine();

describeTicketBackend('a real Redmine, with the key of an administrator,', () =>
  createRealHarness(redmine, redmine.adminKey),
);

describeTicketBackend('a real Redmine, with the key of a bot of few rights,', () =>
  createRealHarness(redmine, redmine.botKey),
);
