import type { Clock } from './clock.js';
import type { Doorbell } from './doorbell.js';
import type { GiveWay } from './give-way.js';
import type { Identifiers } from './identifiers.js';
import type { Logger } from './logger.js';
import type { Store } from './store.js';
import type { TicketBackend } from './ticket-backend.js';

/** What the use cases that talk to the ticket backend are made from. */
export interface DeliveryPorts {
  readonly store: Store;
  readonly backend: TicketBackend;
  readonly clock: Clock;
  readonly ids: Identifiers;
  readonly doorbell: Doorbell;
  readonly logger: Logger;
  readonly giveWay: GiveWay;
}
