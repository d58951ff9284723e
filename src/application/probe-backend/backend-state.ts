import type { Failure } from '../../domain/ticket-group/postponing.js';
import type { BackendProblem } from '../ports/ticket-backend.js';

/**
 * - `unknown`: not asked since the start, or since a call made it doubtful.
 * - `adopting`: it answers; the tickets that stand open there are taken in before any is made.
 * - `ready`: tickets are delivered; `notices` tell what of the configuration does not work.
 * - `unreachable`: it does not answer, or asked to be left alone until `restsUntil` (ms); that passes by itself.
 * - `parked`: somebody must do something before any ticket can be delivered.
 */
export type BackendCondition =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'adopting' }
  | { readonly kind: 'ready'; readonly notices: readonly BackendProblem[] }
  | { readonly kind: 'unreachable'; readonly problem: string; readonly restsUntil: number | null }
  | { readonly kind: 'parked'; readonly problems: readonly BackendProblem[] };

/** So many calls in a row that each failed by themselves are no matter of their tickets any more. */
const MOST_SERVER_ERRORS = 5;

/**
 * What this process knows of its ticket backend: the circuit breaker of the backend instance. Ready it is closed; while
 * it is not, nothing is delivered, read back or tried ticket by ticket. A probe decides when it closes again. Alerts are
 * accepted all the same.
 */
export class BackendState {
  private current: BackendCondition = { kind: 'unknown' };
  private serverErrors = 0;

  get condition(): BackendCondition {
    return this.current;
  }

  get mayDeliver(): boolean {
    return this.current.kind === 'ready';
  }

  /** What came of a call; null: it was answered. Whatever may concern every ticket stops delivery. */
  heard(failure: Heard | null, now: number): void {
    this.serverErrors = failure?.reason === 'server-error' ? this.serverErrors + 1 : 0;
    if (failure === null) return;
    const { retryAfterMs, message } = failure;
    if (retryAfterMs !== null) this.leaveAlone(message, now + retryAfterMs);
    else if (this.serverErrors >= MOST_SERVER_ERRORS || mayConcernAll(failure)) this.suspect();
  }

  /** The backend is asked before anything further is delivered. */
  suspect(): void {
    this.serverErrors = 0;
    if (this.current.kind === 'ready') this.current = { kind: 'unknown' };
  }

  learn(condition: BackendCondition): void {
    this.current = condition;
  }

  /** Where somebody must act, that is what is to be shown; it is asked seldom anyway. */
  private leaveAlone(problem: string, until: number): void {
    if (this.current.kind !== 'parked') this.current = { kind: 'unreachable', problem, restsUntil: until };
  }
}

type Heard = Pick<Failure, 'reason' | 'scope' | 'message' | 'retryAfterMs'>;

/**
 * A key, a right, or a server that does not answer. Not a limit on requests: those of the probe would add to them, and
 * waiting, as each group does, is all that helps.
 */
function mayConcernAll({ reason, scope }: Heard): boolean {
  return reason === 'forbidden' || (scope === 'backend' && reason !== 'rate-limited');
}
