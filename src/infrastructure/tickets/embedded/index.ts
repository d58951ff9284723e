import type { TicketBackendDefinition } from '../ticket-backend-definition.js';
import { EmbeddedTicketBackend } from './embedded-ticket-backend.js';

/** The tracker that needs nothing but the store: what Alertree runs on until it is told where Redmine is. */
export const embedded: TicketBackendDefinition = {
  create: ({ tracker, clock }) => new EmbeddedTicketBackend(tracker, clock),
};
