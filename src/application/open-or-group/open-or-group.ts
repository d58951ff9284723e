import { inOrderOfFacts, type Alert } from '../../domain/alert/alert.js';
import type { Intake } from '../accept-notification/intake.js';
import { inParts, type GiveWay } from '../ports/give-way.js';

export interface FiringOutcome {
  readonly alert: Alert;
  readonly kind: 'opened' | 'known';
  readonly episodeId: string;
}

/**
 * The firing alerts of a body. One whose episode is open changes nothing that a person could see; any other opens an
 * episode, as the root of a new group or as a member of the group of its key that takes members. Decides only: nothing
 * is written to a ticket backend here.
 */
export class OpenOrGroup {
  constructor(private readonly giveWay: GiveWay) {}

  async execute(intake: Intake, alerts: readonly Alert[]): Promise<readonly FiringOutcome[]> {
    const outcomes: FiringOutcome[] = [];
    for await (const part of inParts(inOrderOfFacts(alerts), this.giveWay)) {
      for (const alert of part) outcomes.push(this.openOrGroup(intake, alert));
    }
    return outcomes;
  }

  private openOrGroup(intake: Intake, alert: Alert): FiringOutcome {
    const record = intake.record(alert);
    const group = intake.groupWithOpenEpisodeOf(alert);
    const open = group?.openEpisodeOf(alert.id) ?? null;
    if (
      group !== null &&
      open !== null &&
      group.heardFiring(open, { alert, record }, intake.moment) === 'known'
    ) {
      if (open.presumedSince !== null) intake.putRecord(record);
      intake.tellKey(group, alert);
      return { alert, kind: 'known', episodeId: open.id };
    }
    const target = intake.groupToJoin(alert);
    const episode = target.join(alert, { record, settings: intake.route }, intake.moment);
    intake.putRecord(record);
    return { alert, kind: 'opened', episodeId: episode.id };
  }
}
