import type { TicketBackendError } from '../../../src/application/ports/ticket-backend-error.js';
import type { Timeline } from '../timeline.js';
import { LATE_COMMIT } from '../trackers/tracker.js';

/**
 * Holds each create against those before it with the same key, at the moment it is sent: what becomes of a second one
 * may be folded long before the history is judged. The next is legitimate only where the one before had no effect, or
 * a search for the key that could not come too early any more has found nothing. That there was no effect is taken from
 * the backend's own word, to which the contract suite holds it.
 */
export class Creates {
  readonly violations: string[] = [];
  /** By key: from when on a search tells what came of the last create; null: it is known that there is nothing. */
  private readonly toldFrom = new Map<string, number | null>();

  constructor(private readonly timeline: Timeline) {}

  isSent(key: string): void {
    if ((this.toldFrom.get(key) ?? null) !== null)
      this.violations.push(`the create of ${key.slice(-4)} is sent again, and the first may be there`);
    // Whoever dies now, or hears no answer, knows nothing until the ticket can come late no longer.
    this.toldFrom.set(key, this.timeline.now + LATE_COMMIT);
  }

  hasFailed(key: string, effect: TicketBackendError['effect']): void {
    if (effect === 'none') this.toldFrom.set(key, null);
    if (effect === 'unknown-finished') this.toldFrom.set(key, this.timeline.now);
  }

  hasFoundNothing(key: string, searchedAt: number): void {
    const from = this.toldFrom.get(key) ?? null;
    if (from !== null && searchedAt >= from) this.toldFrom.set(key, null);
  }
}
