import type { AdoptTickets } from '../adopt-tickets/adopt-tickets.js';
import { TicketBackendError } from '../ports/ticket-backend-error.js';
import type { DeliveryPorts } from '../ports/delivery-ports.js';
import type { BackendProblem } from '../ports/ticket-backend.js';
import type { BackendCondition, BackendState } from './backend-state.js';

const INTERVAL_MS = { ready: 5 * 60_000, parked: 60_000, unknown: 0, adopting: 0 } as const;
/** While it does not answer it is asked ever less often, but so often that it is noticed soon when it does again. */
const FIRST_RETRY_MS = 5_000;
const LAST_RETRY_MS = 60_000;
/** Longer is no wait that was ever set: the clock has stepped back. */
const LONGEST_MS = 10 * 60_000;

/**
 * Asks the ticket backend whether tickets can be delivered: at the start, whenever a call made that doubtful, and from
 * time to time. What is wrong is logged once, with its remedy; when it is mended, everything that waited is resumed.
 */
export class ProbeBackend {
  private nextAt = 0;
  /** How often in a row it did not answer. */
  private silences = 0;
  private told = '';
  /** The last answer was that tickets cannot be delivered. */
  private wasOut = false;
  private hasAdopted = false;

  constructor(
    private readonly ports: Omit<DeliveryPorts, 'giveWay'>,
    private readonly state: BackendState,
    private readonly adoptTickets: Pick<AdoptTickets, 'isDone' | 'execute'>,
  ) {}

  /** Asks if it is time to, and returns in how many milliseconds it wants to be called again at the latest. */
  async execute(): Promise<number> {
    const { clock, doorbell } = this.ports;
    const wait = (restOf(this.state.condition) ?? this.nextAt) - clock.now();
    const isDue = wait <= 0 || wait > LONGEST_MS || this.state.condition.kind === 'unknown';
    if (!isDue) return this.waitFor(wait);
    const condition = await this.ask();
    // After a mere doubt nothing was mended: what failed keeps its own time, or it would be tried again without end.
    if (condition.kind === 'ready' && this.wasOut) await this.resume();
    this.wasOut = condition.kind !== 'ready';
    this.state.learn(condition);
    this.tell(condition);
    const interval = this.intervalAfter(condition);
    this.nextAt = clock.now() + interval;
    if (condition.kind === 'ready') doorbell.ring();
    return interval;
  }

  /** It asked to be left alone, by the answer to a call: that is told like what a probe finds. */
  private waitFor(milliseconds: number): number {
    if (restOf(this.state.condition) !== null) this.tell(this.state.condition);
    return milliseconds;
  }

  private intervalAfter(condition: BackendCondition): number {
    this.silences = condition.kind === 'unreachable' ? this.silences + 1 : 0;
    if (condition.kind !== 'unreachable') return INTERVAL_MS[condition.kind];
    if (condition.restsUntil !== null) return condition.restsUntil - this.ports.clock.now();
    const longest = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(this.silences - 1, 10));
    return Math.round(longest * (0.5 + this.ports.ids.chance() / 2));
  }

  private async ask(): Promise<BackendCondition> {
    try {
      const problems = await this.ports.backend.probe();
      if (problems.some(({ stops }) => stops)) return { kind: 'parked', problems };
      await this.adopt();
      return { kind: 'ready', notices: problems };
    } catch (error) {
      if (!(error instanceof TicketBackendError)) throw error;
      const { condition } = this.state;
      const { message, reason, remedy, retryable, retryAfterMs } = error;
      // A limit on requests says nothing against the backend. Where it was not ready, its first answer is waited for.
      if (reason === 'rate-limited' && retryAfterMs === null && condition.kind === 'ready') return condition;
      const restsUntil = retryAfterMs === null ? null : this.ports.clock.now() + retryAfterMs;
      if (retryable) return { kind: 'unreachable', problem: message, restsUntil };
      return { kind: 'parked', problems: [{ problem: message, remedy, stops: true }] };
    }
  }

  /** Once in a process's life: a store that was emptied, or met another backend, takes in what stands open there. */
  private async adopt(): Promise<void> {
    if (this.hasAdopted) return;
    if (!(await this.adoptTickets.isDone())) {
      this.state.learn({ kind: 'adopting' });
      await this.adoptTickets.execute();
    }
    this.hasAdopted = true;
  }

  private resume(): Promise<void> {
    const { store, backend } = this.ports;
    return store.transaction(({ groups }) => groups.resume(backend.instance));
  }

  private tell(condition: BackendCondition): void {
    const { logger, backend } = this.ports;
    const text = JSON.stringify({ ...condition, restsUntil: null });
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
        const { problem, restsUntil } = condition;
        const until = restsUntil === null ? {} : { until: new Date(restsUntil).toISOString() };
        logger.warn('ticket backend does not answer, tickets wait', { ...fields, problem, ...until });
        return;
      }
      case 'parked':
        logger.error('ticket backend cannot be used as it is, tickets wait', {
          ...fields,
          ...told(condition.problems),
        });
        return;
      case 'unknown':
      case 'adopting':
    }
  }
}

/** Until when it asked to be left alone (ms). */
function restOf(condition: BackendCondition): number | null {
  return condition.kind === 'unreachable' ? condition.restsUntil : null;
}

function told(problems: readonly BackendProblem[]): { readonly problems: readonly string[] } {
  return { problems: problems.map(({ problem, remedy }) => `${problem} ${remedy}`.trim()) };
}
