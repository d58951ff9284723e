import { Counter, Histogram, type Registry } from 'prom-client';
import { TicketBackendError } from '../../application/ports/ticket-backend-error.js';
import { BACKEND_ERROR_REASONS } from './reasons.js';

export const OPERATIONS = [
  'open',
  'update',
  'is_untouched',
  'mark_duplicate',
  'fetch_many',
  'obstacles_to',
  'notes_of',
  'find_by_key',
  'find_ours',
  'changed_since',
  'probe',
] as const;

export type Operation = (typeof OPERATIONS)[number];

/** Anything else that a backend throws is a defect. */
const OUTCOMES = ['ok', ...BACKEND_ERROR_REASONS, 'defect'];

/** Calls of the ticket backend. Each is one request of its server, or a few. */
export class BackendMetrics {
  private readonly requests: Counter<'backend' | 'operation' | 'outcome'>;
  private readonly duration: Histogram<'backend' | 'operation'>;

  constructor(
    registry: Registry,
    private readonly backend: string,
  ) {
    const registers = [registry];
    this.requests = new Counter({
      name: 'alertree_backend_requests_total',
      help: 'Calls of the ticket backend, by how they ended: ok, or the reason of the failure.',
      labelNames: ['backend', 'operation', 'outcome'],
      registers,
    });
    this.duration = new Histogram({
      name: 'alertree_backend_request_duration_seconds',
      help: 'Time that a call of the ticket backend took, whatever its outcome.',
      labelNames: ['backend', 'operation'],
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers,
    });
    for (const operation of OPERATIONS) {
      this.duration.zero({ backend, operation });
      for (const outcome of OUTCOMES) this.requests.inc({ backend, operation, outcome }, 0);
    }
  }

  /** Does the call, and counts it when it has ended. */
  async measure<T>(operation: Operation, call: () => Promise<T>): Promise<T> {
    const { backend } = this;
    const stop = this.duration.startTimer({ backend, operation });
    let outcome = 'defect';
    try {
      const result = await call();
      outcome = 'ok';
      return result;
    } catch (error) {
      if (error instanceof TicketBackendError) outcome = error.reason;
      throw error;
    } finally {
      stop();
      this.requests.inc({ backend, operation, outcome });
    }
  }
}
