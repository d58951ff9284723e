import type { ResolutionContext } from 'inversify';
import type { Config } from './infrastructure/config/config.js';
import { MetricsPage } from './infrastructure/metrics/metrics-page.js';
import { SqlStoreFigures } from './infrastructure/persistence/sql-store-figures.js';
import { TOKENS } from './composition-root.tokens.js';
import { createHttpApp } from './interfaces/http/http-app.js';
import { noticesOf } from './interfaces/http/ticket-groups/notices-of.js';

/** Everything that is answered over HTTP, over the parts of the container. */
export function httpApp(context: ResolutionContext, config: Config): ReturnType<typeof createHttpApp> {
  const { get } = context;
  const backend = get(TOKENS.backend);
  return createHttpApp({
    metrics: metricsPage(context),
    requests: get(TOKENS.metrics).requests,
    acceptNotification: get(TOKENS.metrics).intake.counted(get(TOKENS.acceptNotification)),
    awaitDelivery: get(TOKENS.awaitDelivery),
    queries: get(TOKENS.queries),
    deadLetters: get(TOKENS.deadLetters),
    readiness: {
      reason: () => get(TOKENS.lifecycle).notReadyBecause ?? get(TOKENS.storeHealth).unusableBecause,
    },
    isStopping: () => get(TOKENS.lifecycle).isStopping,
    clock: get(TOKENS.clock),
    logger: get(TOKENS.logger),
    webhookTokens: config.webhookTokens,
    openRead: config.openRead,
    timeZone: config.timeZone,
    language: config.language,
    ticketUrl: (instance, reference) => (instance === backend.instance ? backend.urlOf(reference) : null),
    notices: () => noticesOf(get(TOKENS.backendState).condition, config.ticketBackend.name === 'embedded'),
  });
}

function metricsPage(context: ResolutionContext): MetricsPage {
  const { get } = context;
  return new MetricsPage({
    metrics: get(TOKENS.metrics),
    figures: new SqlStoreFigures(get(TOKENS.database)),
    instance: get(TOKENS.backend).instance,
    backendState: get(TOKENS.backendState),
    clock: get(TOKENS.clock),
    logger: get(TOKENS.logger),
  });
}
