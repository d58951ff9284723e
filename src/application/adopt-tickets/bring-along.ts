import type { Moment } from '../../domain/ticket-group/moment.js';
import type { TicketGroup } from '../../domain/ticket-group/ticket-group.js';
import { nextGroup } from '../open-or-group/next-group.js';
import type { TicketGroupRepository } from '../ports/store.js';
import type { AdoptionSettings } from './adoption.js';

/** So many ends that are still to be told of are taken along in one pass. */
const MOST_ENDS = 100;

/**
 * One pass over a group of which no ticket was found in the backend in use. Where nothing of it was ever sent, it is kept
 * there from now on. Any other is left behind: what fires in it begins anew in the group of the key that takes members in
 * the backend in use, and what ended before it had a ticket is told of there. Returns false once nothing is left to do.
 */
export async function bringAlong(
  groups: TicketGroupRepository,
  groupId: string,
  settings: AdoptionSettings,
  moment: Moment,
): Promise<boolean> {
  const group = await groups.forConclusion(groupId);
  if (group === null || group.head.instance === settings.instance) return false;
  if (!group.takeOver(settings.instance)) return leaveBehind(groups, group, settings, moment);
  await saveDecided(groups, [group], moment);
  return false;
}

async function leaveBehind(
  groups: TicketGroupRepository,
  group: TicketGroup,
  settings: AdoptionSettings,
  moment: Moment,
): Promise<boolean> {
  const untold = await groups.unaccounted(group.head.id, group.head.accountedNo, MOST_ENDS);
  const { left, leavers } = group.leaveAllBehind(untold, moment);
  // First, so that it is not found as the group of its key that takes members.
  await saveDecided(groups, [group], moment);
  if (leavers.length + untold.length > 0) {
    const { next, ended } = await nextGroup(groups, group.head, settings, moment);
    for (const episode of [...leavers, ...untold]) next.take(episode, settings.route, moment);
    await saveDecided(groups, ended === null ? [next] : [ended, next], moment);
  }
  return left + untold.length > 0;
}

async function saveDecided(
  groups: TicketGroupRepository,
  changed: readonly TicketGroup[],
  moment: Moment,
): Promise<void> {
  for (const group of changed) group.decide(moment);
  await groups.save(changed);
}
