import type { TicketBackendDefinition } from '../ticket-backend-definition.js';
import { RedmineTicketBackend } from './redmine-ticket-backend.js';

/** Redmine 5.0 and later. */
export const redmine: TicketBackendDefinition = {
  create: ({ redmine: config }) => {
    if (config === null) throw new Error('Redmine is not configured: REDMINE_URL is not set.');
    return new RedmineTicketBackend(config);
  },
};
