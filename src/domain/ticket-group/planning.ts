import { mayBeTakenOver } from './copies.js';
import { isBackingOff } from './postponing.js';
import type { GroupAction, UpdateTicket } from './group-action.js';
import { opensNothing, type GroupHead } from './group-head.js';
import type { GroupSlice } from './group-slice.js';
import { isOurs, mayTurn, standing, wasSent, type Ticket } from './ticket.js';
import {
  askAgainAt,
  isBlocked,
  isPersonsToClose,
  lookAgainAt,
  refusalOf,
  statusToAsk,
  unsettledCopies,
  waitsForStatus,
} from './timing.js';

/** Without polling, too: what was not looked at for so long is read before it gets a child or another status. */
const LOOK_MS = 30_000;
const LOOKS_AT_ONCE = 100;

/** How many tickets of the group are read in one request: singly after a failure, which one of them alone may cause. */
export function looksAtOnce({ attempts }: GroupHead): number {
  return attempts > 0 ? 1 : LOOKS_AT_ONCE;
}

/**
 * What the backend is to be asked next for this group, or null when nothing can be done now. Roots open before their
 * children, children close before their root.
 */
export function nextAction(slice: GroupSlice, now: number): GroupAction | null {
  if (isBackingOff(slice, now)) return null;
  return (
    askForOutcome(slice, now) ??
    openRoot(slice, now) ??
    askAboutRefusal(slice, now) ??
    reopenRoot(slice, now) ??
    openChild(slice, now) ??
    foldCopy(slice, now) ??
    updateChild(slice, now) ??
    updateRoot(slice, now)
  );
}

/** Nothing of it is under way, and what failed has waited long enough. */
export function isReady(ticket: Ticket, now: number): boolean {
  return ticket.intent === null && ticket.retryAt <= now;
}

function askForOutcome(slice: GroupSlice, now: number): GroupAction | null {
  for (const { key, intent } of slice.tickets) {
    if (intent === null || intent.askAt === null || intent.askAt > now) continue;
    return { kind: intent.kind === 'open' ? 'find' : 'check', ticketKey: key };
  }
  return null;
}

function openRoot(slice: GroupSlice, now: number): GroupAction | null {
  const { root, head } = slice;
  if (opensNothing(head)) return null;
  if (root !== null) {
    const needed = !wasSent(root) && (head.firing > 0 || head.accountNo > head.accountedNo);
    return needed && isReady(root, now) ? { kind: 'open', ticketKey: root.key, rootKey: null } : null;
  }
  const oldest = oldestPending(slice, now);
  return oldest === null ? null : { kind: 'open', ticketKey: oldest.key, rootKey: null };
}

/** The oldest that waits for a ticket becomes the root, unless it is parked: then the next one need not wait for it. */
function oldestPending(slice: GroupSlice, now: number): Ticket | null {
  const pending = slice.tickets.filter(isPending);
  const oldest =
    pending.find((ticket) => ticket.parked === null) ?? pending.find((ticket) => isReady(ticket, now));
  return oldest !== undefined && isReady(oldest, now) ? oldest : null;
}

function isPending(ticket: Ticket): boolean {
  return ticket.wanted === 'open' && !wasSent(ticket);
}

/** The cause of a refusal is asked once; then the ticket is read and the cause asked again from time to time. */
function askAboutRefusal(slice: GroupSlice, now: number): GroupAction | null {
  for (const ticket of slice.tickets) {
    if (!isReady(ticket, now) || !isOurs(ticket)) continue;
    const refusal = refusalOf(ticket);
    if (isPersonsToClose(ticket) || (refusal !== null && refusal.causes !== null)) {
      if (lookAgainAt(ticket) <= now) return look(ticket);
    }
    if (refusal !== null && askAgainAt(refusal) <= now) return { kind: 'explain', ticketKey: ticket.key };
  }
  return null;
}

function look(ticket: Ticket): GroupAction {
  return { kind: 'look', ticketKeys: [ticket.key] };
}

function isLookOld(ticket: Ticket, now: number, maxAgeMs: number): boolean {
  // A clock that stepped back makes the look old, too.
  return ticket.seenAt === null || now - ticket.seenAt > maxAgeMs || ticket.seenAt > now;
}

function reopenRoot(slice: GroupSlice, now: number): GroupAction | null {
  const { root } = slice;
  if (root === null || root.intent !== null || !isOurs(root)) return null;
  if (root.seenAt === null) return look(root);
  if (statusToAsk(root) !== 'open' || !isReady(root, now)) return null;
  return isLookOld(root, now, LOOK_MS) ? look(root) : update(slice, root, now);
}

function openChild(slice: GroupSlice, now: number): GroupAction | null {
  const { root } = slice;
  if (root === null || opensNothing(slice.head)) return null;
  if (mayTurn(root) || standing(root) !== 'open') return null;
  const child = slice.tickets.find(
    (ticket) => ticket.key !== root.key && isPending(ticket) && isReady(ticket, now),
  );
  if (child === undefined) return null;
  // A reopened root is read back before anything is hung under it.
  if (root.written !== null || isLookOld(root, now, LOOK_MS)) return look(root);
  return { kind: 'open', ticketKey: child.key, rootKey: root.key };
}

/** Before anything closes: an open copy may be what a root cannot be closed for. */
function foldCopy(slice: GroupSlice, now: number): GroupAction | null {
  for (const ticket of slice.tickets) {
    const copy = unsettledCopies(ticket).find(({ retryAt }) => retryAt <= now);
    if (copy === undefined || ticket.intent !== null || ticket.reference === null) continue;
    const mayTakeOver = mayBeTakenOver(slice, ticket);
    return { kind: 'fold', ticketKey: ticket.key, copy: copy.reference, mayTakeOver };
  }
  return null;
}

function updateChild(slice: GroupSlice, now: number): GroupAction | null {
  for (const ticket of slice.tickets) {
    if (ticket.key === slice.head.rootKey || !isOurs(ticket)) continue;
    if (!isReady(ticket, now)) continue;
    if (ticket.seenAt === null) return look(ticket);
    const action = update(slice, ticket, now);
    if (action !== null) return lookFirst(slice, action, now) ?? action;
  }
  return null;
}

/**
 * A status is not asked of a ticket that nobody looked at for a while, nor of a child whose root nobody did: a person may
 * have decided about it. Whatever else of the slice was not looked at is read with it.
 */
function lookFirst(slice: GroupSlice, action: UpdateTicket, now: number): GroupAction | null {
  if (action.status === null) return null;
  const old = slice.tickets.filter(
    (ticket) => isOurs(ticket) && ticket.intent === null && isLookOld(ticket, now, LOOK_MS),
  );
  const isNeeded = ({ key }: Ticket): boolean => key === action.ticketKey || key === slice.head.rootKey;
  const first = old.filter(isNeeded);
  if (first.length === 0) return null;
  const others = old.filter((ticket) => !isNeeded(ticket) && ticket.retryAt <= now);
  const ticketKeys = [...first, ...others].map(({ key }) => key);
  return { kind: 'look', ticketKeys: ticketKeys.slice(0, looksAtOnce(slice.head)) };
}

function updateRoot(slice: GroupSlice, now: number): GroupAction | null {
  const { root } = slice;
  if (root === null || !isReady(root, now) || !isOurs(root)) return null;
  const action = update(slice, root, now, isBlocked(slice, root) ? null : statusToAsk(root));
  return action === null ? null : (lookFirst(slice, action, now) ?? action);
}

/** The status to ask for with the notes that are due; null when there is neither. */
function update(
  slice: GroupSlice,
  ticket: Ticket,
  now: number,
  status = statusToAsk(ticket),
): UpdateTicket | null {
  const notes = slice.wantedNotesOf(ticket.key).filter((note) => note.notBefore <= now);
  const due = notes.filter((note) => status !== null || !waitsForStatus(note, ticket));
  if (status === null && due.length === 0) return null;
  return { kind: 'update', ticketKey: ticket.key, status, noteIds: due.map((note) => note.id) };
}
