import { Registry } from 'prom-client';
import type { Clock } from '../../application/ports/clock.js';
import type { Logger } from '../../application/ports/logger.js';
import type { Figures, StoreFigures } from '../../application/ports/store-figures.js';
import type { BackendCondition } from '../../application/probe-backend/backend-state.js';
import type { Metrics } from './metrics.js';
import { StoreGauges } from './store-gauges.js';

/** Prometheus gives up after ten seconds by default, and then has nothing at all. */
const LONGEST_READ_MS = 5_000;

export interface MetricsPageParts {
  readonly metrics: Metrics;
  readonly figures: StoreFigures;
  /** The instance of the ticket backend that the figures are about. */
  readonly instance: string;
  readonly backendState: { readonly condition: BackendCondition };
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What `/metrics` answers: what this process counted, and how things stand in the store as far as it can tell. */
export class MetricsPage {
  readonly contentType = Registry.PROMETHEUS_CONTENT_TYPE;
  private readonly gauges = new StoreGauges();
  private reading: Promise<Figures> | null = null;

  constructor(
    private readonly parts: MetricsPageParts,
    private readonly longestReadMs = LONGEST_READ_MS,
  ) {}

  /** A store that fails, or does not answer in time, costs its own figures and no other. */
  async text(): Promise<string> {
    const { metrics, backendState, clock } = this.parts;
    const figures = await this.readInTime();
    const condition = backendState.condition.kind;
    const counted = await metrics.text({ condition, storeUp: figures !== null });
    return figures === null ? counted : `${counted}\n${await this.gauges.text(figures, clock.now())}`;
  }

  private async readInTime(): Promise<Figures | null> {
    const { promise: tooLong, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new Error('the store takes too long')), this.longestReadMs);
    try {
      return await Promise.race([this.read(), tooLong]);
    } catch (error) {
      this.parts.logger.warn('metrics lack the figures of the store', { problem: String(error) });
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Scrapes that come while the store is read share what it answers: a slow one is not asked ever more. */
  private read(): Promise<Figures> {
    const { figures, instance, clock } = this.parts;
    this.reading ??= figures.read(instance, clock.now()).finally(() => (this.reading = null));
    return this.reading;
  }
}
