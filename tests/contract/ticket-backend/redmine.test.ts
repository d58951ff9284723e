import { createRedmineHarness } from './redmine-harness.js';
import { describeTicketBackend } from './ticket-backend.contract.js';

describeTicketBackend('Redmine, with the key of a bot of few rights,', () =>
  createRedmineHarness('alertree'),
);

describeTicketBackend('Redmine, with the key of an administrator,', () => createRedmineHarness('admin'));
