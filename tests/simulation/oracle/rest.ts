import type { GroupDetails } from '../../../src/application/ports/ticket-group-queries.js';
import type { RouteSettings } from '../../../src/domain/route/route-settings.js';
import type { Tracker, TrackerTicket } from '../trackers/tracker.js';
import type { Facts } from './facts.js';
import type { Touches } from './touches.js';
import type { Watch } from './watch.js';

/** All that can be known from outside of a history that has come to rest. */
export interface AtRest {
  readonly facts: Facts;
  readonly tickets: readonly TrackerTicket[];
  readonly tracker: Tracker;
  readonly touches: Touches;
  readonly watch: Watch;
  readonly route: RouteSettings;
  /** What the API shows. */
  readonly shown: readonly GroupDetails[];
}

export const isOpen = (ticket: TrackerTicket): boolean => ticket.status !== 'closed';

/** Our tickets: what people copied carries a key line, too. */
export function ours({ tickets, tracker }: AtRest): readonly TrackerTicket[] {
  return tickets.filter((ticket) => ticket.key !== null && !tracker.opened.has(ticket.id));
}

/** Counted on an open root of a group that is full. */
export function isFolded(end: AtRest, hash: string): boolean {
  return end.shown.some(({ head, episodes, tickets: ofGroup }) => {
    const member = episodes.find(({ alertId, state }) => alertId === hash && state !== 'ended');
    const rootId = ofGroup.find(({ key }) => key === head.rootKey)?.reference;
    if (member?.folded !== true || typeof rootId !== 'string') return false;
    // What people did to the root is noticed with the next write to it.
    if (end.touches.concerns(rootId)) return true;
    const root = end.tickets.find(({ id }) => id === rootId);
    const children = end.tickets.filter(({ parentId }) => parentId === rootId).length;
    // Who was over before its ticket was wanted had a place when the others came.
    const gaveBack = episodes.filter(({ accountNo, folded }) => accountNo !== null && !folded).length;
    return root !== undefined && isOpen(root) && children + gaveBack >= end.route.maxChildren;
  });
}
