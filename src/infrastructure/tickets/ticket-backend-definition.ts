import type { z } from 'zod';
import type { Clock } from '../../application/ports/clock.js';
import type { TicketBackend } from '../../application/ports/ticket-backend.js';
import type { Database } from '../persistence/database-schema.js';

/** What every kind of ticket backend is given; each takes what it needs. */
export interface TicketBackendDependencies {
  readonly clock: Clock;
  /** false: closing is left to people, so what only that needs may be missing. */
  readonly closesTickets: boolean;
  /** Alertree's own store. Only the embedded tracker keeps its tickets there, and the rules of the layers hold others off. */
  readonly database: Database;
}

/** A kind of ticket backend: by which environment variables it is set up, and how it is made from them. */
export interface TicketBackendDefinition<Values = Readonly<Record<string, unknown>>> {
  /**
   * The environment variables and how each is read. Their names begin with the name of the backend. One that is needed
   * has no default; what several lack together is a refinement, with the path of the one to change.
   */
  readonly variables: z.ZodObject & z.ZodType<Values>;
  /** The variable that chooses this backend by being set, one that is needed; null: used where none is chosen. */
  readonly chosenBy: string | null;
  /** The variables that may stand in a file, named by the same variable with `_FILE` at its end. */
  readonly secrets: readonly string[];
  /** What another program calls a variable: it counts, with a warning, where this backend is chosen. */
  readonly olderNames?: readonly (readonly [older: string, proper: string])[];
  /** Makes one and asks nothing of its server, which need not be up. */
  create(values: Values, dependencies: TicketBackendDependencies): TicketBackend;
}
