import { createServer, type RequestListener, type Server } from 'node:http';
import type {
  AlertOutcome,
  Notification,
} from '../../../../src/application/accept-notification/notification.js';
import type { DeliveryResult } from '../../../../src/application/await-delivery/delivery-result.js';
import type {
  DeadLetterPage,
  DeadLetterQueries,
} from '../../../../src/application/ports/dead-letter-queries.js';
import type { DeadLetter } from '../../../../src/application/ports/store.js';
import type {
  EpisodeStanding,
  GroupDetails,
  GroupPage,
  GroupSearch,
  GroupStateFilter,
  TicketGroupQueries,
} from '../../../../src/application/ports/ticket-group-queries.js';
import type {
  AcceptNotification,
  AwaitDelivery,
} from '../../../../src/interfaces/http/alertmanager-webhook/webhook-use-cases.js';
import { createHttpApp, type HttpAppParts } from '../../../../src/interfaces/http/http-app.js';
import { RecordingLogger } from '../../../support/recording-logger.js';
import { MORNING } from './a-group.js';

/** Keeps what it is given and calls each alert a new one, in the order opposite to the body's. */
export class FakeAcceptNotification implements AcceptNotification {
  readonly accepted: Notification[] = [];
  /** Thrown instead of accepting. */
  failure: Error | null = null;

  execute(notification: Notification): Promise<readonly AlertOutcome[]> {
    if (this.failure !== null) return Promise.reject(this.failure);
    this.accepted.push(notification);
    return Promise.resolve(notification.alerts.map(outcomeOf).toReversed());
  }
}

function outcomeOf({ index, alert }: Notification['alerts'][number]): AlertOutcome {
  const labels = new Map(alert.labels);
  const label = `${labels.get('alertname') ?? ''}:${labels.get('instance') ?? ''}`;
  return { index, label, kind: 'opened', episodeId: `episode${index}` };
}

/** Answers at once, with one result for each outcome. */
export class FakeAwaitDelivery implements AwaitDelivery {
  readonly waits: number[] = [];
  outcome: DeliveryResult['outcome'] = 'created';
  failure: Error | null = null;

  execute(outcomes: readonly AlertOutcome[], milliseconds: number): Promise<readonly DeliveryResult[]> {
    if (this.failure !== null) return Promise.reject(this.failure);
    this.waits.push(milliseconds);
    return Promise.resolve(outcomes.map(({ index, label }) => this.resultOf(index, label)));
  }

  private resultOf(index: number, label: string): DeliveryResult {
    const hasTicket = this.outcome !== 'pending' && this.outcome !== 'no_open_issue';
    return { outcome: this.outcome, of: hasTicket ? String(100 + index) : label };
  }
}

/** Groups in memory, listed as they were added. */
export class FakeTicketGroupQueries implements TicketGroupQueries {
  groups: readonly GroupDetails[] = [];
  /** How many there are in all, when that is more than can be listed here. */
  total: number | null = null;
  readonly asked: {
    filter: GroupStateFilter | null;
    page: number;
    perPage: number;
    search: GroupSearch;
  }[] = [];

  list(
    filter: GroupStateFilter | null,
    page: number,
    perPage: number,
    search: GroupSearch = [],
  ): Promise<GroupPage> {
    this.asked.push({ filter, page, perPage, search });
    return Promise.resolve({ total: this.total ?? this.groups.length, groups: this.groups });
  }

  find(groupId: string): Promise<GroupDetails | null> {
    return Promise.resolve(this.groups.find(({ head }) => head.id === groupId) ?? null);
  }

  ticketsOf(): Promise<ReadonlyMap<string, EpisodeStanding>> {
    return Promise.resolve(new Map());
  }
}

/** Letters in memory, listed as they were added. */
export class FakeDeadLetterQueries implements DeadLetterQueries {
  letters: readonly DeadLetter[] = [];
  readonly asked: { page: number; perPage: number }[] = [];

  list(page: number, perPage: number): Promise<DeadLetterPage> {
    this.asked.push({ page, perPage });
    return Promise.resolve({ total: this.letters.length, letters: this.letters });
  }
}

/** An app over fakes, which a test can reach. */
export function aHttpApp(changes: Partial<HttpAppParts> = {}) {
  const acceptNotification = new FakeAcceptNotification();
  const awaitDelivery = new FakeAwaitDelivery();
  const queries = new FakeTicketGroupQueries();
  const deadLetters = new FakeDeadLetterQueries();
  const logger = new RecordingLogger();
  const app = createHttpApp({
    acceptNotification,
    awaitDelivery,
    queries,
    deadLetters,
    logger,
    readiness: { reason: () => null },
    metrics: {
      contentType: 'text/plain; version=0.0.4; charset=utf-8',
      text: () => Promise.resolve('up 1\n'),
    },
    requests: { answered: () => undefined },
    clock: { now: () => MORNING },
    isStopping: () => false,
    webhookTokens: [],
    openRead: false,
    timeZone: 'Asia/Tokyo',
    language: 'en',
    ticketUrl: (instance, reference) => `http://tickets.test/${instance}/${encodeURIComponent(reference)}`,
    notices: () => [],
    ...changes,
  });
  return { app, acceptNotification, awaitDelivery, queries, deadLetters, logger };
}

/** Serves the app as if every request came from this address. */
export function seenFrom(address: string, app: RequestListener): Server {
  return createServer((request, response) => {
    Object.defineProperty(request.socket, 'remoteAddress', { value: address, configurable: true });
    app(request, response);
  });
}
