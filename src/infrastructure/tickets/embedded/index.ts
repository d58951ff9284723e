import { z } from 'zod';
import { SqlTracker } from '../../persistence/embedded-tracker/sql-tracker.js';
import type { TicketBackendDefinition } from '../ticket-backend-definition.js';
import { EmbeddedTicketBackend } from './embedded-ticket-backend.js';

/** The tracker that needs nothing but the store: what Alertree runs on until a variable chooses another. */
export const embedded: TicketBackendDefinition = {
  variables: z.object({}),
  chosenBy: null,
  secrets: [],
  create: (_values, { clock, database }) => new EmbeddedTicketBackend(new SqlTracker(database), clock),
};
