import type { RouteSettings } from '../../domain/route/route-settings.js';
import type { Moment } from '../../domain/ticket-group/moment.js';
import type { Episode } from '../../domain/ticket-group/episode.js';
import { nextGroup } from '../open-or-group/next-group.js';
import type { TicketGroup } from '../../domain/ticket-group/ticket-group.js';
import type { TicketGroupRepository } from '../ports/store.js';

/**
 * One pass over what an ended group leaves behind: its tickets are to be closed, and who fires without a ticket joins
 * the group of the key that takes members, which is opened if need be. The group stays due until a pass finds nothing.
 */
export async function concludeGroup(
  groups: TicketGroupRepository,
  groupId: string,
  route: RouteSettings,
  moment: Moment,
): Promise<void> {
  const ended = await groups.forConclusion(groupId);
  if (ended === null || !ended.head.concluding) return;
  const leavers = ended.conclude(moment);
  const changed =
    leavers.length === 0 ? [ended] : [ended, ...(await takeIn(groups, ended, { leavers, route }, moment))];
  for (const group of changed) group.decide(moment);
  await groups.save(changed);
}

/** The groups that this changes: the one that takes the leavers, and one that turned out to take no more. */
async function takeIn(
  groups: TicketGroupRepository,
  ended: TicketGroup,
  given: { readonly leavers: readonly Episode[]; readonly route: RouteSettings },
  moment: Moment,
): Promise<readonly TicketGroup[]> {
  const { route, leavers } = given;
  const { head } = ended;
  const { next, ended: another } = await nextGroup(groups, head, { route, instance: head.instance }, moment);
  for (const episode of leavers) next.take(episode, route, moment);
  return another === null ? [next] : [another, next];
}
