import type { AlertOutcome } from '../accept-notification/notification.js';
import { standing } from '../../domain/ticket-group/ticket.js';
import type { Clock } from '../ports/clock.js';
import type { Doorbell } from '../ports/doorbell.js';
import type { EpisodeStanding, TicketGroupQueries } from '../ports/ticket-group-queries.js';
import type { DeliveryResult } from './delivery-result.js';

/** Something may have changed without a ring in this process: another replica delivered it. */
const LOOK_AGAIN_MS = 1_000;

/** Waits until the tickets of accepted alerts stand as they should, for callers that asked to be told. */
export class AwaitDelivery {
  constructor(
    private readonly queries: TicketGroupQueries,
    private readonly clock: Clock,
    private readonly doorbell: Doorbell,
  ) {}

  /** One result for each outcome, in their order, after at most so many milliseconds. */
  async execute(outcomes: readonly AlertOutcome[], milliseconds: number): Promise<readonly DeliveryResult[]> {
    const deadline = this.clock.now() + milliseconds;
    const episodeIds = [...new Set(outcomes.flatMap((outcome) => outcome.episodeId ?? []))];
    for (;;) {
      const { rings } = this.doorbell;
      const standings = await this.queries.ticketsOf(episodeIds);
      const results = outcomes.map((outcome) => resultOf(outcome, standings));
      const left = deadline - this.clock.now();
      if (left <= 0 || results.every((result) => result.outcome !== 'pending')) return results;
      await this.doorbell.wait(Math.min(left, LOOK_AGAIN_MS), rings);
    }
  }
}

function resultOf(outcome: AlertOutcome, standings: ReadonlyMap<string, EpisodeStanding>): DeliveryResult {
  const pending: DeliveryResult = { outcome: 'pending', of: outcome.label };
  if (outcome.kind === 'stale' || outcome.kind === 'never-fired')
    return { outcome: 'no_open_issue', of: outcome.label };
  const found = outcome.episodeId === null ? undefined : standings.get(outcome.episodeId);
  // Folded, or over before it was sent: the root speaks for it.
  const ticket = found?.ticket ?? found?.root ?? null;
  if (ticket === null || ticket.reference === null) return pending;
  const id = ticket.reference;
  if (outcome.kind === 'ended')
    return standing(ticket) === 'closed' ? { outcome: 'closed', of: id } : pending;
  const own = found?.ticket !== null && outcome.kind === 'opened';
  return { outcome: own ? 'created' : 'already_exists', of: id };
}
