import type { Clock } from '../../application/ports/clock.js';
import type { TicketBackend } from '../../application/ports/ticket-backend.js';
import type { SqlTracker } from '../persistence/embedded-tracker/sql-tracker.js';
import type { RedmineConfig } from './redmine/redmine-config.js';

/** What backends are made from; each takes what it needs. */
export interface TicketBackendDependencies {
  readonly tracker: SqlTracker;
  readonly clock: Clock;
  /** null where Redmine is not configured. */
  readonly redmine: RedmineConfig | null;
}

/** How a kind of ticket backend is made. */
export interface TicketBackendDefinition {
  /** Makes one and asks nothing of its server, which need not be up. */
  create(dependencies: TicketBackendDependencies): TicketBackend;
}
