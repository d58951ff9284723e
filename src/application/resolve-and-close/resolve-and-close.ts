import { heardEnd } from '../../domain/alert/alert-record.js';
import { inOrderOfFacts, type Alert } from '../../domain/alert/alert.js';
import type { Intake } from '../accept-notification/intake.js';
import { inParts, type GiveWay } from '../ports/give-way.js';

export interface ResolvedAlertOutcome {
  readonly alert: Alert;
  readonly kind: 'ended' | 'end-known' | 'stale' | 'never-fired';
  readonly episodeId: string | null;
}

/**
 * The resolved alerts of a body. Each ends the open episode of its alert key, wherever that is grouped, unless it is
 * older than the newest firing; one that never fired is recorded and makes no ticket. Decides only: the ticket is
 * closed, children before their root, by delivery.
 */
export class ResolveAndClose {
  constructor(private readonly giveWay: GiveWay) {}

  async execute(intake: Intake, alerts: readonly Alert[]): Promise<readonly ResolvedAlertOutcome[]> {
    const together = alerts.filter((alert) => intake.groupWithOpenEpisodeOf(alert) !== null).length;
    const outcomes: ResolvedAlertOutcome[] = [];
    for await (const part of inParts(inOrderOfFacts(alerts), this.giveWay)) {
      for (const alert of part) outcomes.push(this.resolve(intake, alert, together));
    }
    return outcomes;
  }

  private resolve(intake: Intake, alert: Alert, together: number): ResolvedAlertOutcome {
    const record = intake.record(alert);
    const group = intake.groupWithOpenEpisodeOf(alert);
    const open = group?.openEpisodeOf(alert.id) ?? null;
    if (group === null || open === null) {
      intake.putRecord(heardEnd(record, alert.endsAt));
      return { alert, kind: 'never-fired', episodeId: null };
    }
    const given = { alert, record, settings: intake.route, together };
    const outcome = group.heardResolved(open, given, intake.moment);
    intake.putRecord(outcome.record);
    return { alert, kind: outcome.kind, episodeId: open.id };
  }
}
