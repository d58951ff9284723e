import { embedded } from './embedded/index.js';
import { redmine } from './redmine/index.js';
import type { TicketBackendDefinition } from './ticket-backend-definition.js';

/** The registry: one line per kind of ticket backend. Nothing else lists their names. */
export const ticketBackends = {
  embedded,
  redmine,
} as const satisfies Record<string, TicketBackendDefinition>;

export type TicketBackendName = keyof typeof ticketBackends;
