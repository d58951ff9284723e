import type { TicketBackend } from '../../application/ports/ticket-backend.js';
import { embedded } from './embedded/index.js';
import { redmine } from './redmine/index.js';
import type { TicketBackendDefinition, TicketBackendDependencies } from './ticket-backend-definition.js';

/** The registry: one line per kind of ticket backend. Nothing else lists their names. */
export const ticketBackends = {
  embedded,
  redmine,
} as const satisfies Record<string, TicketBackendDefinition>;

export type TicketBackendName = keyof typeof ticketBackends;

/** A kind of ticket backend, and what its variables hold. */
export interface TicketBackendChoice<Name extends string = TicketBackendName> {
  readonly name: Name;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Makes the backend that is chosen. */
export function createTicketBackend(
  { name, values }: TicketBackendChoice,
  dependencies: TicketBackendDependencies,
): TicketBackend {
  const definition: TicketBackendDefinition = ticketBackends[name];
  return definition.create(values, dependencies);
}
