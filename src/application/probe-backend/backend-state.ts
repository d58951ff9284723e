import type { BackendProblem } from '../ports/ticket-backend.js';

/**
 * - `unknown`: not asked since the start, or since a call made it doubtful.
 * - `ready`: tickets are delivered; `notices` tell what of the configuration does not work.
 * - `unreachable`: it does not answer; that passes by itself.
 * - `parked`: somebody must do something before any ticket can be delivered.
 */
export type BackendCondition =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'ready'; readonly notices: readonly BackendProblem[] }
  | { readonly kind: 'unreachable'; readonly problem: string }
  | { readonly kind: 'parked'; readonly problems: readonly BackendProblem[] };

/**
 * What this process knows of its ticket backend. While it is not ready nothing is delivered and nothing is tried
 * ticket by ticket; alerts are accepted all the same.
 */
export class BackendState {
  private current: BackendCondition = { kind: 'unknown' };

  get condition(): BackendCondition {
    return this.current;
  }

  get mayDeliver(): boolean {
    return this.current.kind === 'ready';
  }

  /** A call failed in a way that may concern every ticket: the backend is asked before anything further is delivered. */
  suspect(): void {
    if (this.current.kind === 'ready') this.current = { kind: 'unknown' };
  }

  learn(condition: BackendCondition): void {
    this.current = condition;
  }
}
