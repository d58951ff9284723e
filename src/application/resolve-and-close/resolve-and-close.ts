import { heardEnd } from '../../domain/alert/alert-record.js';
import { inOrderOfFacts, type Alert } from '../../domain/alert/alert.js';
import type { Intake } from '../accept-notification/intake.js';

export interface ResolvedAlertOutcome {
  readonly alert: Alert;
  readonly kind: 'ended' | 'stale' | 'never-fired';
  readonly episodeId: string | null;
}

/**
 * The resolved alerts of a body. Each ends the open episode of its alert key, wherever that is grouped, unless it is
 * older than the newest firing; one that never fired is recorded and makes no ticket. Decides only: the ticket is
 * closed, children before their root, by delivery.
 */
export class ResolveAndClose {
  execute(intake: Intake, alerts: readonly Alert[]): readonly ResolvedAlertOutcome[] {
    const together = alerts.filter((alert) => intake.groupWithOpenEpisodeOf(alert) !== null).length;
    return inOrderOfFacts(alerts).map((alert) => this.resolve(intake, alert, together));
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
