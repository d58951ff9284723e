import { Container, type ResolutionContext, type ServiceIdentifier } from 'inversify';
import { join } from 'node:path';
import { AcceptNotification } from './application/accept-notification/accept-notification.js';
import { AwaitDelivery } from './application/await-delivery/await-delivery.js';
import { DeliverGroup } from './application/deliver-group/deliver-group.js';
import { OpenOrGroup } from './application/open-or-group/open-or-group.js';
import type { Clock } from './application/ports/clock.js';
import type { Doorbell } from './application/ports/doorbell.js';
import type { Identifiers } from './application/ports/identifiers.js';
import type { Logger } from './application/ports/logger.js';
import type { Store } from './application/ports/store.js';
import type { TicketBackend } from './application/ports/ticket-backend.js';
import type { TicketGroupQueries } from './application/ports/ticket-group-queries.js';
import { ResolveAndClose } from './application/resolve-and-close/resolve-and-close.js';
import { LocalTime } from './application/ticket-text/local-time.js';
import { VerifyTickets } from './application/verify-tickets/verify-tickets.js';
import type { Config } from './infrastructure/config/config.js';
import { WinstonLogger } from './infrastructure/logging/winston-logger.js';
import type { Database } from './infrastructure/persistence/database-schema.js';
import { SqlTracker } from './infrastructure/persistence/embedded-tracker/sql-tracker.js';
import { openSqliteDatabase } from './infrastructure/persistence/sqlite-database.js';
import { SqlStore } from './infrastructure/persistence/sql-store.js';
import { SqlTicketGroupQueries } from './infrastructure/persistence/sql-ticket-group-queries.js';
import { InProcessDoorbell } from './infrastructure/system/in-process-doorbell.js';
import { RandomIdentifiers } from './infrastructure/system/random-identifiers.js';
import { SystemClock } from './infrastructure/system/system-clock.js';
import { ticketBackends } from './infrastructure/tickets/index.js';
import { createHttpApp } from './interfaces/http/http-app.js';
import { HttpServer } from './interfaces/http/http-server.js';
import { DeliveryWorker } from './interfaces/workers/delivery-worker.js';
import { VerifyWorker } from './interfaces/workers/verify-worker.js';
import { Lifecycle } from './interfaces/lifecycle.js';

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
  store: token<Store>('Store'),
  queries: token<TicketGroupQueries>('TicketGroupQueries'),
  backend: token<TicketBackend>('TicketBackend'),
  acceptNotification: token<AcceptNotification>('AcceptNotification'),
  awaitDelivery: token<AwaitDelivery>('AwaitDelivery'),
  deliverGroup: token<DeliverGroup>('DeliverGroup'),
  verifyTickets: token<VerifyTickets>('VerifyTickets'),
  deliveryWorker: token<DeliveryWorker>('DeliveryWorker'),
  verifyWorker: token<VerifyWorker>('VerifyWorker'),
  lifecycle: token<Lifecycle>('Lifecycle'),
  httpServer: token<HttpServer>('HttpServer'),
} as const;

interface Ports {
  readonly store: Store;
  readonly backend: TicketBackend;
  readonly clock: Clock;
  readonly ids: Identifiers;
  readonly doorbell: Doorbell;
  readonly logger: Logger;
}

const TRACKER_NOTICE =
  'No REDMINE_URL is set: tickets are kept in the embedded tracker, for trials. Nobody is told of them but this page.';

/** Opens the store and wires the whole application; nothing runs until `Lifecycle.start`. */
export async function compose(config: Config): Promise<Container> {
  const container = new Container({ defaultScope: 'Singleton' });
  container.bind(TOKENS.config).toConstantValue(config);
  bindSystem(container, config);
  container
    .bind(TOKENS.database)
    .toConstantValue(await openSqliteDatabase(join(config.dataDir, 'alertree.db')));
  bindPersistence(container, config);
  bindUseCases(container, config);
  bindDrivers(container, config);
  return container;
}

function bindSystem(container: Container, config: Config): void {
  container.bind(TOKENS.clock).toDynamicValue(() => new SystemClock());
  container.bind(TOKENS.ids).toDynamicValue(() => new RandomIdentifiers());
  container.bind(TOKENS.doorbell).toDynamicValue(() => new InProcessDoorbell());
  const settings = { level: config.logLevel, format: config.logFormat };
  container.bind(TOKENS.logger).toDynamicValue(() => new WinstonLogger(settings));
}

function bindPersistence(container: Container, config: Config): void {
  container.bind(TOKENS.store).toDynamicValue(({ get }) => new SqlStore(get(TOKENS.database)));
  container.bind(TOKENS.queries).toDynamicValue(({ get }) => new SqlTicketGroupQueries(get(TOKENS.database)));
  container.bind(TOKENS.backend).toDynamicValue(({ get }) => {
    return ticketBackends[config.redmine === null ? 'embedded' : 'redmine'].create({
      tracker: new SqlTracker(get(TOKENS.database)),
      clock: get(TOKENS.clock),
      redmine: config.redmine,
    });
  });
}

function portsOf({ get }: ResolutionContext): Ports {
  return {
    store: get(TOKENS.store),
    backend: get(TOKENS.backend),
    clock: get(TOKENS.clock),
    ids: get(TOKENS.ids),
    doorbell: get(TOKENS.doorbell),
    logger: get(TOKENS.logger),
  };
}

function bindUseCases(container: Container, config: Config): void {
  const { route, subjectLabels, timeZone } = config;
  const title = { subjectLabels, groupBy: route.groupBy, time: new LocalTime(timeZone) };
  container.bind(TOKENS.acceptNotification).toDynamicValue((context) => {
    const useCases = { openOrGroup: new OpenOrGroup(), resolveAndClose: new ResolveAndClose() };
    const ports = portsOf(context);
    return new AcceptNotification(useCases, { route, instance: ports.backend.instance }, ports);
  });
  container
    .bind(TOKENS.awaitDelivery)
    .toDynamicValue(
      ({ get }) => new AwaitDelivery(get(TOKENS.queries), get(TOKENS.clock), get(TOKENS.doorbell)),
    );
  container
    .bind(TOKENS.deliverGroup)
    .toDynamicValue((context) => new DeliverGroup(portsOf(context), { route, title }));
  container.bind(TOKENS.verifyTickets).toDynamicValue((context) => new VerifyTickets(portsOf(context)));
}

function bindDrivers(container: Container, config: Config): void {
  container.bind(TOKENS.deliveryWorker).toDynamicValue((context) => {
    const { get } = context;
    const claimant = { instance: get(TOKENS.backend).instance, owner: get(TOKENS.ids).next() };
    return new DeliveryWorker(get(TOKENS.deliverGroup), portsOf(context), claimant);
  });
  container
    .bind(TOKENS.verifyWorker)
    .toDynamicValue(
      ({ get }) => new VerifyWorker(get(TOKENS.verifyTickets), get(TOKENS.doorbell), get(TOKENS.logger)),
    );
  container
    .bind(TOKENS.httpServer)
    .toDynamicValue((context) => new HttpServer(httpApp(context, config), config.listen));
  container.bind(TOKENS.lifecycle).toDynamicValue(({ get }) => {
    return new Lifecycle(
      () => get(TOKENS.httpServer),
      [get(TOKENS.deliveryWorker), get(TOKENS.verifyWorker)],
      get(TOKENS.database),
      get(TOKENS.logger),
    );
  });
}

function httpApp({ get }: ResolutionContext, config: Config): ReturnType<typeof createHttpApp> {
  return createHttpApp({
    acceptNotification: get(TOKENS.acceptNotification),
    awaitDelivery: get(TOKENS.awaitDelivery),
    queries: get(TOKENS.queries),
    readiness: { reason: () => get(TOKENS.lifecycle).notReadyBecause },
    isStopping: () => get(TOKENS.lifecycle).isStopping,
    clock: get(TOKENS.clock),
    logger: get(TOKENS.logger),
    openRead: config.openRead,
    timeZone: config.timeZone,
    trackerNotice: config.redmine === null ? TRACKER_NOTICE : null,
  });
}
