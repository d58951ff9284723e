import type {
  SqlTracker,
  TrackerTicket,
  WriteStamp,
} from '../../persistence/embedded-tracker/sql-tracker.js';
import { parentNotOpen, ticketNotFound } from './tracker-failure.js';
import { numberOf } from './tracker-mapper.js';

/** The ticket of this id; throws `not-found` when there is none. */
export async function existing(tracker: SqlTracker, id: string): Promise<TrackerTicket> {
  const number = numberOf(id);
  const ticket = number === null ? undefined : await tracker.find(number);
  if (ticket === undefined) throw ticketNotFound(id);
  return ticket;
}

/** The number of a ticket that may get a child; throws `parent-closed` when there is no such open ticket. */
export async function idOfOpenParent(tracker: SqlTracker, id: string): Promise<number> {
  const number = numberOf(id);
  const parent = number === null ? undefined : await tracker.find(number);
  if (parent === undefined || parent.status === 'closed') throw parentNotOpen(id);
  return parent.id;
}

/**
 * Whether asking for this status changes the ticket. As in Redmine it does not where an open child or a closed parent
 * stands in the way, and that is no error. A ticket that people resolved is open already.
 */
export async function canBecome(
  tracker: SqlTracker,
  ticket: TrackerTicket,
  status: 'open' | 'closed',
): Promise<boolean> {
  if ((ticket.status === 'closed') === (status === 'closed')) return false;
  if (status === 'open') return !(await hasClosedParent(tracker, ticket));
  // Looking one generation down and up is enough: by these very rules nothing open is below a closed ticket.
  return (await tracker.openChildrenOf(ticket.id, 1)).length === 0;
}

export async function hasClosedParent(tracker: SqlTracker, ticket: TrackerTicket): Promise<boolean> {
  if (ticket.parent_id === null) return false;
  const parent = await tracker.find(ticket.parent_id);
  return parent?.status === 'closed';
}

/**
 * As in Redmine a ticket changes with its children, for their progress is its own. So whoever was refused the close of
 * a parent sees that it is worth trying again.
 */
export async function touchParent(
  tracker: SqlTracker,
  parentId: number | null,
  stamp: WriteStamp,
): Promise<void> {
  if (parentId !== null) await tracker.changeTicket(parentId, {}, stamp);
}
