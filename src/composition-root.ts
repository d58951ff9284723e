import { Container, type ResolutionContext } from 'inversify';
import { join } from 'node:path';
import { AcceptNotification } from './application/accept-notification/accept-notification.js';
import { AwaitDelivery } from './application/await-delivery/await-delivery.js';
import { DeliverGroup } from './application/deliver-group/deliver-group.js';
import { notificationsFirst } from './application/deliver-group/notifications-first.js';
import { OpenOrGroup } from './application/open-or-group/open-or-group.js';
import { BackendState } from './application/probe-backend/backend-state.js';
import type { CommitListener } from './application/ports/commit-listener.js';
import type { DeliveryPorts } from './application/ports/delivery-ports.js';
import { ResolveAndClose } from './application/resolve-and-close/resolve-and-close.js';
import { english } from './application/ticket-text/english.js';
import { japanese } from './application/ticket-text/japanese.js';
import { LocalTime } from './application/ticket-text/local-time.js';
import type { Config } from './infrastructure/config/config.js';
import { WinstonLogger } from './infrastructure/logging/winston-logger.js';
import { MeasuredTicketBackend } from './infrastructure/metrics/measured-ticket-backend.js';
import { Metrics } from './infrastructure/metrics/metrics.js';
import { openSqliteDatabase } from './infrastructure/persistence/sqlite-database.js';
import { SqlDeadLetterQueries } from './infrastructure/persistence/sql-dead-letter-queries.js';
import { SqlStore } from './infrastructure/persistence/sql-store.js';
import { SqlTicketGroupQueries } from './infrastructure/persistence/sql-ticket-group-queries.js';
import { StoreHealth } from './infrastructure/persistence/store-health.js';
import { sizesOfStoreFiles, type StoreFileSizes } from './infrastructure/persistence/store-files.js';
import { tryToWrite } from './infrastructure/persistence/trying-to-write.js';
import { WatchedStore } from './infrastructure/persistence/watched-store.js';
import { InProcessDoorbell } from './infrastructure/system/in-process-doorbell.js';
import { nextTurn } from './infrastructure/system/next-turn.js';
import { RandomIdentifiers } from './infrastructure/system/random-identifiers.js';
import { SystemClock } from './infrastructure/system/system-clock.js';
import { createTicketBackend } from './infrastructure/tickets/index.js';
import { httpApp } from './composition-root.http.js';
import { bindRepeatedWork } from './composition-root.repeated.js';
import { TOKENS } from './composition-root.tokens.js';
import { HttpServer } from './interfaces/http/http-server.js';
import { DeliveryWorker } from './interfaces/workers/delivery-worker.js';
import { Lifecycle } from './interfaces/lifecycle.js';
import { versionOfAlertree } from './version.js';

/** Opens the store and wires the whole application; nothing runs until `Lifecycle.start`. */
export async function compose(config: Config): Promise<Container> {
  const container = new Container({ defaultScope: 'Singleton' });
  container.bind(TOKENS.config).toConstantValue(config);
  bindSystem(container, config);
  container.bind(TOKENS.database).toConstantValue(await openSqliteDatabase(storePath(config)));
  bindPersistence(container, config);
  bindUseCases(container, config);
  bindDrivers(container, config);
  return container;
}

function storePath({ dataDir }: Config): string {
  return join(dataDir, 'alertree.db');
}

function bindSystem(container: Container, config: Config): void {
  container.bind(TOKENS.clock).toDynamicValue(() => new SystemClock());
  container.bind(TOKENS.ids).toDynamicValue(() => new RandomIdentifiers());
  container.bind(TOKENS.doorbell).toDynamicValue(() => new InProcessDoorbell());
  const settings = { level: config.logLevel, format: config.logFormat, secrets: config.secrets };
  container.bind(TOKENS.logger).toDynamicValue(() => new WinstonLogger(settings));
}

function bindPersistence(container: Container, config: Config): void {
  container.bind(TOKENS.metrics).toDynamicValue(() => {
    const storeBytes = (): Promise<StoreFileSizes> => sizesOfStoreFiles(storePath(config));
    return new Metrics({ version: versionOfAlertree(), backend: config.ticketBackend.name, storeBytes });
  });
  container.bind(TOKENS.store).toDynamicValue(({ get }) => {
    const committed: CommitListener = (changes) => get(TOKENS.metrics).groups.committed(changes);
    return new WatchedStore(new SqlStore(get(TOKENS.database), committed), get(TOKENS.storeHealth));
  });
  container
    .bind(TOKENS.storeHealth)
    .toDynamicValue(({ get }) => new StoreHealth(() => tryToWrite(get(TOKENS.database)), get(TOKENS.clock)));
  container.bind(TOKENS.queries).toDynamicValue(({ get }) => new SqlTicketGroupQueries(get(TOKENS.database)));
  container
    .bind(TOKENS.deadLetters)
    .toDynamicValue(({ get }) => new SqlDeadLetterQueries(get(TOKENS.database)));
  container.bind(TOKENS.backend).toDynamicValue(({ get }) => {
    const dependencies = {
      clock: get(TOKENS.clock),
      closesTickets: config.route.autoClose === 'close',
      database: get(TOKENS.database),
    };
    const backend = createTicketBackend(config.ticketBackend, dependencies);
    return new MeasuredTicketBackend(backend, get(TOKENS.metrics).backend);
  });
}

function portsOf({ get }: ResolutionContext): DeliveryPorts {
  return {
    store: get(TOKENS.store),
    backend: get(TOKENS.backend),
    clock: get(TOKENS.clock),
    ids: get(TOKENS.ids),
    doorbell: get(TOKENS.doorbell),
    logger: get(TOKENS.logger),
    giveWay: nextTurn,
  };
}

function bindUseCases(container: Container, config: Config): void {
  const { route, subjectLabels, timeZone, language } = config;
  const words = { en: english, ja: japanese }[language];
  const text = { words, subjectLabels, groupBy: route.groupBy, time: new LocalTime(timeZone) };
  container.bind(TOKENS.acceptNotification).toDynamicValue((context) => {
    const ports = portsOf(context);
    const useCases = {
      openOrGroup: new OpenOrGroup(nextTurn),
      resolveAndClose: new ResolveAndClose(nextTurn),
    };
    return new AcceptNotification(useCases, { route, instance: ports.backend.instance }, ports);
  });
  container
    .bind(TOKENS.awaitDelivery)
    .toDynamicValue(
      ({ get }) => new AwaitDelivery(get(TOKENS.queries), get(TOKENS.clock), get(TOKENS.doorbell)),
    );
  container.bind(TOKENS.deliverGroup).toDynamicValue((context) => {
    const { get } = context;
    const giveWay = notificationsFirst(() => get(TOKENS.acceptNotification), nextTurn);
    const ports = { ...portsOf(context), giveWay };
    return new DeliverGroup(ports, { route, text }, get(TOKENS.backendState), get(TOKENS.sweepTimes));
  });
  container.bind(TOKENS.backendState).toDynamicValue(() => new BackendState());
  bindRepeatedWork(container, config, portsOf);
}

function bindDrivers(container: Container, config: Config): void {
  container.bind(TOKENS.deliveryWorker).toDynamicValue((context) => {
    const { get } = context;
    const claimant = { instance: get(TOKENS.backend).instance, owner: get(TOKENS.ids).next() };
    return new DeliveryWorker(get(TOKENS.deliverGroup), portsOf(context), claimant, get(TOKENS.backendState));
  });
  container
    .bind(TOKENS.httpServer)
    .toDynamicValue((context) => new HttpServer(httpApp(context, config), config.listen));
  container.bind(TOKENS.lifecycle).toDynamicValue(({ get }) => {
    return new Lifecycle({
      server: () => get(TOKENS.httpServer),
      workers: [get(TOKENS.deliveryWorker), ...get(TOKENS.repeatingWorkers)],
      waiting: get(TOKENS.awaitDelivery),
      // No other process uses an embedded store: what a killed one held is free.
      releaseLeases: () => get(TOKENS.store).transaction(({ leases }) => leases.releaseAll()),
      database: get(TOKENS.database),
      logger: get(TOKENS.logger),
    });
  });
}
