import type { AlertOutcome } from '../accept-notification/notification.js';
import { standing, type Ticket } from '../../domain/ticket-group/ticket.js';
import type { Clock } from '../ports/clock.js';
import type { Doorbell } from '../ports/doorbell.js';
import type { EpisodeStanding, TicketGroupQueries } from '../ports/ticket-group-queries.js';
import type { DeliveryResult } from './delivery-result.js';

/** Something may have changed without a ring in this process: another replica delivered it. */
const LOOK_AGAIN_MS = 1_000;

/** Waits until the tickets of accepted alerts stand as they should, for callers that asked to be told. */
export class AwaitDelivery {
  private isStopping = false;

  constructor(
    private readonly queries: TicketGroupQueries,
    private readonly clock: Clock,
    private readonly doorbell: Doorbell,
  ) {}

  /** Whoever waits is answered at once with what is known, and so is everybody from now on. */
  stop(): void {
    this.isStopping = true;
    this.doorbell.ring();
  }

  /** One result for each outcome, in their order, after at most so many milliseconds. */
  async execute(outcomes: readonly AlertOutcome[], milliseconds: number): Promise<readonly DeliveryResult[]> {
    const deadline = this.clock.now() + milliseconds;
    const episodeIds = [...new Set(outcomes.flatMap((outcome) => outcome.episodeId ?? []))];
    for (;;) {
      const { rings } = this.doorbell;
      const standings = await this.queries.ticketsOf(episodeIds);
      const results = outcomes.map((outcome) => resultOf(outcome, standings));
      const left = deadline - this.clock.now();
      const done = outcomes.every((outcome, index) => isDecided(outcome, results[index], standings));
      if (left <= 0 || this.isStopping || done) return results;
      await this.doorbell.wait(Math.min(left, LOOK_AGAIN_MS), rings);
    }
  }
}

function resultOf(outcome: AlertOutcome, standings: ReadonlyMap<string, EpisodeStanding>): DeliveryResult {
  const { kind, label, episodeId } = outcome;
  if (kind === 'stale' || kind === 'never-fired') return { outcome: 'no_open_issue', of: label };
  const ticket = speakerFor(standings.get(episodeId ?? ''));
  if (ticket === null || ticket.reference === null) return { outcome: 'pending', of: label };
  const of = ticket.reference;
  if (isOfEnd(outcome))
    return standing(ticket) === 'closed' ? { outcome: 'closed', of } : { outcome: 'pending', of: label };
  return { outcome: kind === 'opened' && ticket.episodeId === episodeId ? 'created' : 'already_exists', of };
}

function isOfEnd({ kind }: AlertOutcome): boolean {
  return kind === 'ended' || kind === 'end-known';
}

/** Nothing more comes of an end that is held, or of a root's while others fire: its ticket is to stay open. */
function isDecided(
  outcome: AlertOutcome,
  result: DeliveryResult | undefined,
  standings: ReadonlyMap<string, EpisodeStanding>,
): boolean {
  if (result?.outcome !== 'pending') return true;
  const found = standings.get(outcome.episodeId ?? '');
  if (!isOfEnd(outcome) || found === undefined) return false;
  return found.episode.state === 'held' || speakerFor(found)?.wanted === 'open';
}

/** The episode's own ticket; where it is folded, or was over before it was sent, the root speaks for it. */
function speakerFor(found: EpisodeStanding | undefined): Ticket | null {
  return found === undefined ? null : (found.ticket ?? found.root);
}
