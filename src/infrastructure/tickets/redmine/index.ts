import type { TicketBackendDefinition } from '../ticket-backend-definition.js';
import { OLDER_NAMES, REDMINE_VARIABLES, redmineConfigOf, type RedmineValues } from './redmine-config.js';
import { RedmineTicketBackend } from './redmine-ticket-backend.js';

/** Redmine 5.0 and later. */
export const redmine: TicketBackendDefinition<RedmineValues> = {
  variables: REDMINE_VARIABLES,
  chosenBy: 'REDMINE_URL',
  secrets: ['REDMINE_API_KEY'],
  olderNames: OLDER_NAMES,
  create: (values, { clock, closesTickets }) =>
    new RedmineTicketBackend(redmineConfigOf(values, closesTickets), clock),
};
