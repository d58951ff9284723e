import type { GroupAnswer } from '../../domain/ticket-group/group-answer.js';

const MOST = 100_000;

/**
 * The tickets whose key line this process has seen since it started. Nothing is written to any other ticket: after a
 * restart, or a restored backup of the backend, what stands under a known id may be somebody else's.
 */
export class MetTickets {
  private readonly keys = new Set<string>();

  get known(): ReadonlySet<string> {
    return this.keys;
  }

  learn(answer: GroupAnswer): void {
    // Forgetting all costs one more comparison for each ticket, remembering all would cost memory without bound.
    if (this.keys.size > MOST) this.keys.clear();
    if (answer.kind === 'opened') this.keys.add(answer.write.ticketKey);
    if (answer.kind !== 'observed') return;
    for (const { ticketKey, observation } of answer.reads) {
      if (observation !== 'missing' && observation.key === ticketKey) this.keys.add(ticketKey);
    }
  }
}
