import type { GroupAnswer } from '../../domain/ticket-group/group-answer.js';
import type { TicketBackend, TicketSnapshot } from '../ports/ticket-backend.js';
import { TicketBackendError } from '../ports/ticket-backend-error.js';
import type { BackendCall } from './backend-call.js';
import { observationOf } from './observation-of.js';

type FoldCall = BackendCall & { readonly kind: 'fold' };

/**
 * Asked and done in one go, so that a person has next to no time to touch what is about to be folded. The ticket is read
 * with its copy: beside one that a person closed or deleted, the copy is what they left for the alert.
 */
export async function foldCopy(backend: TicketBackend, call: FoldCall): Promise<GroupAnswer> {
  const { write, reference, copy, mayTakeOver } = call;
  const read = await backend.fetchMany([copy, reference]);
  const found = read.get(copy) ?? 'missing';
  const known = read.get(reference) ?? 'missing';
  const original = observationOf(known);
  const settled = (outcome: 'folded' | 'left' | 'gone'): GroupAnswer => {
    return { kind: 'copy-settled', write, copy, outcome, original };
  };
  if (isFolded(found)) return settled('folded');
  if (!carriesKey(found, write.ticketKey)) return settled('gone');
  const isClosed = found.status === 'closed';
  if (!(await backend.isUntouched(copy))) return settled(isClosed ? 'gone' : 'left');
  if (mayTakeOver && !isClosed && !isOpenOf(known, write.ticketKey))
    return { kind: 'copy-takes-over', write, copy, observation: observationOf(found), original };
  await backend.markDuplicate(copy, reference);
  await assertClosed(backend, copy);
  return settled('folded');
}

/** By an earlier call whose answer was lost: hardly anybody else closes a ticket and takes its key line, too. */
function isFolded(ticket: TicketSnapshot | 'missing'): boolean {
  return ticket !== 'missing' && ticket.status === 'closed' && ticket.keyLine === null;
}

function carriesKey(ticket: TicketSnapshot | 'missing', key: string): ticket is TicketSnapshot {
  return ticket !== 'missing' && ticket.keyLine?.key === key;
}

function isOpenOf(ticket: TicketSnapshot | 'missing', key: string): boolean {
  return carriesKey(ticket, key) && ticket.status !== 'closed';
}

async function assertClosed(backend: TicketBackend, copy: string): Promise<void> {
  const after = (await backend.fetchMany([copy])).get(copy) ?? 'missing';
  if (after === 'missing' || after.status === 'closed') return;
  const reason = { reason: 'rejected', retryable: false, effect: 'none' } as const;
  throw new TicketBackendError('It stays open, although it was to be closed as a duplicate.', reason);
}
