import express, { type Express } from 'express';
import type { Clock } from '../../application/ports/clock.js';
import type { DeadLetterQueries } from '../../application/ports/dead-letter-queries.js';
import type { Logger } from '../../application/ports/logger.js';
import type { Language } from '../../application/ticket-text/messages.js';
import type { TicketGroupQueries } from '../../application/ports/ticket-group-queries.js';
import { AccessTokens } from './access-tokens.js';
import { AlertmanagerWebhookController } from './alertmanager-webhook/alertmanager-webhook.controller.js';
import { alertmanagerWebhookRouter } from './alertmanager-webhook/alertmanager-webhook.router.js';
import type { AcceptNotification, AwaitDelivery } from './alertmanager-webhook/webhook-use-cases.js';
import { DeadLettersController } from './dead-letters/dead-letters.controller.js';
import { deadLettersRouter } from './dead-letters/dead-letters.router.js';
import { HealthController } from './health/health.controller.js';
import { healthRouter } from './health/health.router.js';
import type { Readiness } from './health/readiness.js';
import { MetricsController } from './metrics/metrics.controller.js';
import { metricsRouter } from './metrics/metrics.router.js';
import type { MetricsText } from './metrics/metrics-text.js';
import { errorHandler } from './middleware/error-handler.js';
import { measureRequests, type RequestMeter } from './middleware/measure-requests.js';
import { notFound } from './middleware/not-found.js';
import { readersOnly } from './middleware/readers-only.js';
import { securityHeaders } from './middleware/security-headers.js';
import { tokenRequired } from './middleware/token-required.js';
import type { Notice } from './ticket-groups/notice.js';
import { PageController } from './page/page.controller.js';
import { pageRouter } from './page/page.router.js';
import type { TicketUrl } from './ticket-groups/ticket.response.js';
import { TicketGroupsController } from './ticket-groups/ticket-groups.controller.js';
import { ticketGroupsRouter } from './ticket-groups/ticket-groups.router.js';

export interface HttpAppParts {
  readonly acceptNotification: AcceptNotification;
  readonly awaitDelivery: AwaitDelivery;
  readonly queries: TicketGroupQueries;
  readonly deadLetters: DeadLetterQueries;
  readonly readiness: Readiness;
  readonly metrics: MetricsText;
  readonly requests: RequestMeter;
  readonly clock: Clock;
  readonly logger: Logger;
  /** True from the moment that the process is asked to stop: notifications are then left to Alertmanager's retry. */
  readonly isStopping: () => boolean;
  /** One of these opens the webhook, the page and the API; none: there is no authentication. */
  readonly webhookTokens: readonly string[];
  /** Whether, without a token, the page and the API answer other machines too. */
  readonly openRead: boolean;
  /** IANA name of the zone of the times on the page. */
  readonly timeZone: string;
  /** Of the page, for browsers that ask for none that there is. */
  readonly language: Language;
  /** Where a browser shows a ticket of that backend instance; null when nowhere. */
  readonly ticketUrl: TicketUrl;
  /** What the page says loudly and the API beside every list: which tracker is in use, what keeps tickets waiting. */
  readonly notices: () => readonly Notice[];
}

/** Everything that Alertree answers over HTTP, ready to be served. */
export function createHttpApp(parts: HttpAppParts): Express {
  const app = express();
  const tokens = new AccessTokens(parts.webhookTokens);
  const senders = tokenRequired(tokens);
  const readers = tokens.areSet ? senders : readersOnly(parts.openRead);

  app.use(measureRequests(parts.requests));
  app.use(securityHeaders());
  app.use(healthRouter(new HealthController(parts.readiness)));
  app.use(metricsRouter(new MetricsController(parts.metrics)));
  app.use(alertmanagerWebhookRouter(new AlertmanagerWebhookController(parts), senders, parts.isStopping));
  app.use(
    '/api',
    readers,
    ticketGroupsRouter(new TicketGroupsController(parts)),
    deadLettersRouter(new DeadLettersController(parts)),
  );
  app.use(pageRouter(new PageController(parts), readers));
  app.use(notFound);
  app.use(errorHandler(parts.logger));
  return app;
}
