import { Histogram, type Registry } from 'prom-client';

/** A request and how it was answered, in words from closed sets. */
export interface AnsweredRequest {
  readonly handler: string;
  readonly method: string;
  readonly code: string;
  readonly seconds: number;
}

/** How a webhook may end. Prometheus sees no increase in a series that begins at 1, so each is there before its first. */
const WEBHOOKS = ['/webhook', '/webhook?wait'];
const ENDS_OF_WEBHOOK = ['200', '400', '401', '404', '413', '415', '500', '503', 'aborted'];

/** How long requests took, by who answered them and how. */
export class RequestMetrics {
  private readonly duration: Histogram<'handler' | 'method' | 'code'>;

  constructor(registry: Registry) {
    this.duration = new Histogram({
      name: 'alertree_http_request_duration_seconds',
      help: 'Time until a request was answered. A webhook with ?wait takes as long as its sender waits.',
      labelNames: ['handler', 'method', 'code'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers: [registry],
    });
    for (const handler of WEBHOOKS)
      for (const code of ENDS_OF_WEBHOOK) this.duration.zero({ handler, method: 'POST', code });
  }

  answered({ handler, method, code, seconds }: AnsweredRequest): void {
    this.duration.observe({ handler, method, code }, seconds);
  }
}
