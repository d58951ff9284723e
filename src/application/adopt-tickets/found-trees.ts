import type { FoundTicket } from '../../domain/ticket-group/adopting.js';
import type { TicketSnapshot } from '../ports/ticket-backend.js';

/** A found ticket with the ticket above it. */
export interface FoundInTree extends FoundTicket {
  readonly parentId: string | null;
}

/** Found tickets that stand under one of them. */
export interface FoundTree {
  readonly top: FoundInTree;
  /** In the order in which they were found, the top among them. */
  readonly tickets: readonly FoundInTree[];
}

/** A ticket as it was at that time (ms). */
export interface ReadSnapshot extends TicketSnapshot {
  readonly readAt: number;
}

/**
 * What was found, in that order, but for copies that carry the same key: the one that others hang under is the ticket, for
 * they would lose their root, else the oldest. One that came too late may have a lower id than the one made in its place.
 */
export function foundTickets(snapshots: readonly ReadSnapshot[]): readonly FoundInTree[] {
  const open = snapshots.flatMap((snapshot) => foundInTree(snapshot) ?? []);
  const parents = new Set(open.map(({ parentId }) => parentId));
  const ofKey = new Map<string, FoundInTree>();
  for (const ticket of open) {
    const before = ofKey.get(ticket.key);
    const isRather = before !== undefined && parents.has(ticket.reference) && !parents.has(before.reference);
    if (before === undefined || isRather) ofKey.set(ticket.key, ticket);
  }
  return open.filter((ticket) => ofKey.get(ticket.key) === ticket);
}

function foundInTree(snapshot: ReadSnapshot): FoundInTree | null {
  const { id: reference, keyLine, parentId, status, changedAt, readAt } = snapshot;
  if (keyLine === null || status === 'closed') return null;
  const { key, alertId } = keyLine;
  return { reference, key, alertId, parentId, observation: { status, key, changedAt, readAt } };
}

/**
 * The trees that the tickets stand in, the newest first: that is the one that took members last. A ticket whose parent
 * was not found is the top of a tree of its own, and so is one that is nobody's alert.
 */
export function treesOf(tickets: readonly FoundInTree[]): readonly FoundTree[] {
  const byId = new Map(tickets.map((ticket) => [ticket.reference, ticket]));
  const trees = Map.groupBy(tickets, (ticket) => topOf(ticket, byId));
  return [...trees].map(([top, members]) => ({ top, tickets: members })).toReversed();
}

function topOf(ticket: FoundInTree, byId: ReadonlyMap<string, FoundInTree>): FoundInTree {
  const passed = new Set<FoundInTree>();
  let top = ticket;
  while (top.alertId !== '-' && !passed.has(top)) {
    passed.add(top);
    top = byId.get(top.parentId ?? '') ?? top;
  }
  return top;
}
