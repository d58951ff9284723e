import type { RouteSettings } from '../../domain/route/route-settings.js';
import type { Moment } from '../../domain/ticket-group/moment.js';
import { TicketGroup } from '../../domain/ticket-group/ticket-group.js';
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
  const changed = [ended];
  if (leavers.length > 0) {
    const next = await nextGroup(groups, ended, route, moment);
    for (const episode of leavers) next.take(episode, route, moment);
    changed.push(next);
  }
  for (const group of changed) group.decide(moment);
  await groups.save(changed);
}

async function nextGroup(
  groups: TicketGroupRepository,
  ended: TicketGroup,
  route: RouteSettings,
  moment: Moment,
): Promise<TicketGroup> {
  const { groupKey, instance, id } = ended.head;
  const accepting = (await groups.forIntake([], [groupKey])).find((group) => group.takesMembers(route, moment.now));
  if (accepting !== undefined) return accepting;
  return TicketGroup.open(
    {
      id: moment.newId(),
      groupKey,
      instance,
      openedAt: moment.now,
      acceptsUntil: route.groupSpanMs === 0 ? null : moment.now + route.groupSpanMs,
      summary: route.root === 'summary',
      previousGroupId: id,
    },
    moment,
  );
}
