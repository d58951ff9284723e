import { TicketBackendError } from '../ports/ticket-backend-error.js';
import type { DeliveryPorts } from '../ports/delivery-ports.js';
import type { BackendProblem } from '../ports/ticket-backend.js';
import type { BackendCondition, BackendState } from './backend-state.js';

const INTERVAL_MS = { ready: 5 * 60_000, unreachable: 5_000, parked: 60_000, unknown: 0 } as const;

/**
 * Asks the ticket backend whether tickets can be delivered: at the start, whenever a call made that doubtful, and from
 * time to time. What is wrong is logged once, with its remedy; when it is mended, everything that waited is resumed.
 */
export class ProbeBackend {
  private nextAt = 0;
  private told = '';
  /** The last answer was that tickets cannot be delivered. */
  private wasOut = false;

  constructor(
    private readonly ports: Omit<DeliveryPorts, 'ids' | 'giveWay'>,
    private readonly state: BackendState,
  ) {}

  /** Asks if it is time to, and returns in how many milliseconds it wants to be called again at the latest. */
  async execute(): Promise<number> {
    const { clock, doorbell } = this.ports;
    const wait = this.nextAt - clock.now();
    const isDue = wait <= 0 || wait > INTERVAL_MS.ready || this.state.condition.kind === 'unknown';
    if (!isDue) return wait;
    const condition = await this.ask();
    // After a mere doubt nothing was mended: what failed keeps its own time, or it would be tried again without end.
    if (condition.kind === 'ready' && this.wasOut) await this.resume();
    this.wasOut = condition.kind !== 'ready';
    this.state.learn(condition);
    this.tell(condition);
    const interval = INTERVAL_MS[condition.kind];
    this.nextAt = clock.now() + interval;
    if (condition.kind === 'ready') doorbell.ring();
    return interval;
  }

  private async ask(): Promise<BackendCondition> {
    try {
      const problems = await this.ports.backend.probe();
      return problems.some(({ stops }) => stops)
        ? { kind: 'parked', problems }
        : { kind: 'ready', notices: problems };
    } catch (error) {
      if (!(error instanceof TicketBackendError)) throw error;
      const { message, remedy, retryable } = error;
      if (retryable) return { kind: 'unreachable', problem: message };
      return { kind: 'parked', problems: [{ problem: message, remedy, stops: true }] };
    }
  }

  private resume(): Promise<void> {
    const { store, backend } = this.ports;
    return store.transaction(({ groups }) => groups.resume(backend.instance));
  }

  private tell(condition: BackendCondition): void {
    const { logger, backend } = this.ports;
    const text = JSON.stringify(condition);
    if (text === this.told) return;
    this.told = text;
    const fields = { backend: backend.instance };
    switch (condition.kind) {
      case 'ready':
        logger.info('ticket backend is ready', fields);
        if (condition.notices.length === 0) return;
        logger.warn('ticket backend is not quite as configured', { ...fields, ...told(condition.notices) });
        return;
      case 'unreachable': {
        const { problem } = condition;
        logger.warn('ticket backend does not answer, tickets wait', { ...fields, problem });
        return;
      }
      case 'parked':
        logger.error('ticket backend cannot be used as it is, tickets wait', {
          ...fields,
          ...told(condition.problems),
        });
        return;
      case 'unknown':
    }
  }
}

function told(problems: readonly BackendProblem[]): { readonly problems: readonly string[] } {
  return { problems: problems.map(({ problem, remedy }) => `${problem} ${remedy}`.trim()) };
}
