import type { ServiceIdentifier } from 'inversify';
import type { AcceptNotification } from './application/accept-notification/accept-notification.js';
import type { AwaitDelivery } from './application/await-delivery/await-delivery.js';
import type { DeliverGroup } from './application/deliver-group/deliver-group.js';
import type { ForgetWhatIsOld } from './application/forget-what-is-old/forget-what-is-old.js';
import type { Clock } from './application/ports/clock.js';
import type { DeadLetterQueries } from './application/ports/dead-letter-queries.js';
import type { Doorbell } from './application/ports/doorbell.js';
import type { Identifiers } from './application/ports/identifiers.js';
import type { Logger } from './application/ports/logger.js';
import type { Store } from './application/ports/store.js';
import type { TicketBackend } from './application/ports/ticket-backend.js';
import type { TicketGroupQueries } from './application/ports/ticket-group-queries.js';
import type { BackendState } from './application/probe-backend/backend-state.js';
import type { ProbeBackend } from './application/probe-backend/probe-backend.js';
import type { SweepTickets } from './application/sweep-tickets/sweep-tickets.js';
import type { SweepTimes } from './application/sweep-tickets/sweep-times.js';
import type { VerifyTickets } from './application/verify-tickets/verify-tickets.js';
import type { Config } from './infrastructure/config/config.js';
import type { Metrics } from './infrastructure/metrics/metrics.js';
import type { Database } from './infrastructure/persistence/database-schema.js';
import type { StoreHealth } from './infrastructure/persistence/store-health.js';
import type { HttpServer } from './interfaces/http/http-server.js';
import type { Lifecycle } from './interfaces/lifecycle.js';
import type { DeliveryWorker } from './interfaces/workers/delivery-worker.js';
import type { RepeatingWorker } from './interfaces/workers/repeating-worker.js';

/** A token that carries its type: binding or asking for the wrong thing does not compile. */
function token<T>(name: string): ServiceIdentifier<T> {
  return Symbol.for(name);
}

export const TOKENS = {
  config: token<Config>('Config'),
  database: token<Database>('Database'),
  clock: token<Clock>('Clock'),
  ids: token<Identifiers>('Identifiers'),
  doorbell: token<Doorbell>('Doorbell'),
  logger: token<Logger>('Logger'),
  metrics: token<Metrics>('Metrics'),
  store: token<Store>('Store'),
  storeHealth: token<StoreHealth>('StoreHealth'),
  queries: token<TicketGroupQueries>('TicketGroupQueries'),
  deadLetters: token<DeadLetterQueries>('DeadLetterQueries'),
  backend: token<TicketBackend>('TicketBackend'),
  acceptNotification: token<AcceptNotification>('AcceptNotification'),
  awaitDelivery: token<AwaitDelivery>('AwaitDelivery'),
  deliverGroup: token<DeliverGroup>('DeliverGroup'),
  verifyTickets: token<VerifyTickets>('VerifyTickets'),
  sweepTimes: token<SweepTimes>('SweepTimes'),
  sweepTickets: token<SweepTickets>('SweepTickets'),
  deliveryWorker: token<DeliveryWorker>('DeliveryWorker'),
  backendState: token<BackendState>('BackendState'),
  probeBackend: token<ProbeBackend>('ProbeBackend'),
  forgetWhatIsOld: token<ForgetWhatIsOld>('ForgetWhatIsOld'),
  repeatingWorkers: token<readonly RepeatingWorker[]>('RepeatingWorkers'),
  lifecycle: token<Lifecycle>('Lifecycle'),
  httpServer: token<HttpServer>('HttpServer'),
} as const;
