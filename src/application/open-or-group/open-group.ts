import type { RouteSettings } from '../../domain/route/route-settings.js';
import type { GroupHead } from '../../domain/ticket-group/group-head.js';
import type { Moment } from '../../domain/ticket-group/moment.js';
import { TicketGroup } from '../../domain/ticket-group/ticket-group.js';

/** A new group without members, as the settings of its route have it. */
export function openGroup(
  given: Pick<GroupHead, 'groupKey' | 'instance' | 'previousGroupId'>,
  route: RouteSettings,
  moment: Moment,
): TicketGroup {
  const { now, newId } = moment;
  return TicketGroup.open(
    {
      ...given,
      id: newId(),
      openedAt: now,
      acceptsUntil: route.groupSpanMs === 0 ? null : now + route.groupSpanMs,
      summary: route.root === 'summary',
    },
    moment,
  );
}
