import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { BackendCondition } from '../../application/probe-backend/backend-state.js';
import { BackendMetrics } from './backend-metrics.js';
import { GroupMetrics } from './group-metrics.js';
import { IntakeMetrics } from './intake-metrics.js';
import { RequestMetrics } from './request-metrics.js';

/** Gauges whose names end like a counter's: `promtool check metrics` refuses them. */
const MISNAMED = [
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
];

const CONDITIONS = ['unknown', 'adopting', 'ready', 'unreachable', 'parked'] as const;

export interface MetricsGiven {
  readonly version: string;
  /** The kind of the ticket backend, such as `redmine`. */
  readonly backend: string;
  /** Sizes of the store's files, where it has files of its own. */
  readonly storeBytes?: () => Promise<Readonly<Record<'db' | 'wal', number>>>;
}

/**
 * What happened in this process since it started, and the process itself. Every series of Alertree is there from the
 * start, at 0, but for those of HTTP requests other than webhooks: they come with the first of their kind. No label
 * carries a word from outside, so their number is bounded.
 */
export class Metrics {
  private readonly registry = new Registry();
  readonly requests = new RequestMetrics(this.registry);
  readonly intake = new IntakeMetrics(this.registry);
  readonly groups = new GroupMetrics(this.registry);
  readonly backend: BackendMetrics;
  private readonly condition = new Gauge({
    name: 'alertree_backend_condition',
    help: 'What is known of the ticket backend: 1 for the condition that it is in.',
    labelNames: ['condition'],
    registers: [this.registry],
  });

  private readonly storeUp = new Gauge({
    name: 'alertree_store_up',
    help: 'Whether the figures of the store could be read: at 0 they are missing here.',
    registers: [this.registry],
  });

  constructor(given: MetricsGiven) {
    this.backend = new BackendMetrics(this.registry, given.backend);
    this.info('alertree_build_info', 'The version that runs; always 1.', { version: given.version });
    this.info('alertree_backend_info', 'The kind of the ticket backend; always 1.', {
      backend: given.backend,
    });
    if (given.storeBytes !== undefined) this.registry.registerMetric(storeBytesGauge(given.storeBytes));
    collectDefaultMetrics({ register: this.registry });
    for (const name of MISNAMED) this.registry.removeSingleMetric(name);
  }

  /** In Prometheus' text format. */
  text(given: { readonly condition: BackendCondition['kind']; readonly storeUp: boolean }): Promise<string> {
    const { condition, storeUp } = given;
    this.storeUp.set(Number(storeUp));
    for (const one of CONDITIONS) this.condition.set({ condition: one }, Number(one === condition));
    return this.registry.metrics();
  }

  private info(name: string, help: string, labels: Readonly<Record<string, string>>): void {
    const labelNames = Object.keys(labels);
    new Gauge({ name, help, labelNames, registers: [this.registry] }).set({ ...labels }, 1);
  }
}

function storeBytesGauge(read: NonNullable<MetricsGiven['storeBytes']>): Gauge {
  return new Gauge({
    name: 'alertree_store_bytes',
    help: 'Size of the files of the embedded store: the database, and its write-ahead log.',
    labelNames: ['file'],
    registers: [],
    async collect() {
      for (const [file, bytes] of Object.entries(await read())) this.set({ file }, bytes);
    },
  });
}
