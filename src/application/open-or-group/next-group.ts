import type { RouteSettings } from '../../domain/route/route-settings.js';
import type { Moment } from '../../domain/ticket-group/moment.js';
import type { GroupHead } from '../../domain/ticket-group/group-head.js';
import type { TicketGroup } from '../../domain/ticket-group/ticket-group.js';
import type { TicketGroupRepository } from '../ports/store.js';
import { openGroup } from './open-group.js';

export interface NextGroup {
  readonly next: TicketGroup;
  /** What else that changed: a group that turned out to take no more members. */
  readonly ended: TicketGroup | null;
}

/** The group of the same key that takes members in the instance, opened if need be, for who leaves a group that does not. */
export async function nextGroup(
  groups: TicketGroupRepository,
  left: GroupHead,
  { route, instance }: { readonly route: RouteSettings; readonly instance: string },
  moment: Moment,
): Promise<NextGroup> {
  const { groupKey } = left;
  const [accepting] = await groups.forIntake([], [groupKey]);
  accepting?.endMembershipIfDue(route, moment.now);
  if (accepting !== undefined && accepting.head.instance !== instance)
    accepting.leaveBehind(null, moment.now);
  if (accepting?.head.accepting === true) return { next: accepting, ended: null };
  const previousGroupId = accepting?.head.id ?? left.id;
  return {
    next: openGroup({ groupKey, instance, previousGroupId }, route, moment),
    ended: accepting ?? null,
  };
}
