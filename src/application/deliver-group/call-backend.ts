import type { Failure } from '../../domain/ticket-group/postponing.js';
import type { Observation } from '../../domain/ticket-group/observing.js';
import { noteLineText } from '../ports/key-line.js';
import type { TicketBackend, TicketSnapshot } from '../ports/ticket-backend.js';
import { TicketBackendError } from '../ports/ticket-backend-error.js';
import { plainWords } from '../ticket-text/plain-words.js';
import type { BackendCall } from './backend-call.js';
import type { GroupAnswer } from '../../domain/ticket-group/group-answer.js';

/** Carries out one call. Every failure of the backend becomes an answer; only a defect of ours is thrown. */
export async function callBackend(
  backend: TicketBackend,
  call: BackendCall,
  chance: number,
): Promise<GroupAnswer> {
  try {
    return await carryOut(backend, call);
  } catch (error) {
    if (!(error instanceof TicketBackendError)) throw error;
    const failure = failureOf(error, backend.lateCommitMs, chance);
    if (call.kind === 'fold') {
      const { ticketKey, copy } = call;
      return { kind: 'fold-failed', ticketKey, copy, failure };
    }
    const isWrite = call.kind === 'open' || call.kind === 'update';
    return isWrite
      ? { kind: 'failed', write: call.write, failure }
      : { kind: 'read-failed', ticketKey: askedAbout(call), failure };
  }
}

/** The one ticket that a read is about; null for many. */
function askedAbout(call: BackendCall): string | null {
  if (call.kind === 'explain') return call.ticketKey;
  if (call.kind === 'look') return call.tickets.length === 1 ? (call.tickets[0]?.ticketKey ?? null) : null;
  return call.kind === 'find' || call.kind === 'check' ? call.write.ticketKey : null;
}

async function carryOut(backend: TicketBackend, call: BackendCall): Promise<GroupAnswer> {
  switch (call.kind) {
    case 'open': {
      const ticket = await backend.open(call.draft);
      return { kind: 'opened', write: call.write, reference: ticket.id, observation: observationOf(ticket) };
    }
    case 'update': {
      await backend.update(call.reference, call.change);
      const noteText = call.change.note === undefined ? null : plainWords(call.change.note);
      return { kind: 'updated', write: call.write, noteText };
    }
    case 'look':
      return look(backend, call);
    case 'find': {
      // The oldest is the ticket: a copy of it came later.
      const [ticket, ...others] = await backend.findByKey(call.write.ticketKey);
      if (ticket === undefined) return { kind: 'not-found', write: call.write };
      const copies = others.filter((other) => other.status !== 'closed').map((other) => other.id);
      const observation = observationOf(ticket);
      return { kind: 'opened', write: call.write, reference: ticket.id, observation, copies };
    }
    case 'fold':
      return fold(backend, call);
    case 'check':
      return check(backend, call);
    case 'explain': {
      const causes = await backend.obstaclesTo(call.reference, call.status);
      return { kind: 'explained', ticketKey: call.ticketKey, causes };
    }
  }
}

async function look(backend: TicketBackend, call: BackendCall & { kind: 'look' }): Promise<GroupAnswer> {
  const found = await backend.fetchMany(call.tickets.map((ticket) => ticket.reference));
  const reads = call.tickets.map(({ ticketKey, writeNumber, reference }) => {
    return { ticketKey, writeNumber, observation: observationOf(found.get(reference) ?? 'missing') };
  });
  return { kind: 'observed', reads };
}

/** Asked and done in one go, so that a person has next to no time to touch what is about to be folded. */
async function fold(backend: TicketBackend, call: BackendCall & { kind: 'fold' }): Promise<GroupAnswer> {
  const { ticketKey, reference, copy } = call;
  const settled = (outcome: 'folded' | 'left' | 'gone'): GroupAnswer => {
    return { kind: 'copy-settled', ticketKey, copy, outcome };
  };
  const found = (await backend.fetchMany([copy])).get(copy) ?? 'missing';
  if (found === 'missing' || found.keyLine?.key !== ticketKey)
    return settled(call.mayBeDone ? 'folded' : 'gone');
  const isClosed = found.status === 'closed';
  if (!(await backend.isUntouched(copy))) return settled(isClosed ? 'gone' : 'left');
  await backend.markDuplicate(copy, reference);
  const after = (await backend.fetchMany([copy])).get(copy) ?? 'missing';
  if (after === 'missing' || after.status === 'closed') return settled('folded');
  throw new TicketBackendError('It stays open, although it was to be closed as a duplicate.', {
    reason: 'rejected',
    retryable: false,
    effect: 'none',
  });
}

async function check(backend: TicketBackend, call: BackendCall & { kind: 'check' }): Promise<GroupAnswer> {
  const found = await backend.fetchMany([call.reference]);
  const observation = observationOf(found.get(call.reference) ?? 'missing');
  const notes =
    call.noteId === null || observation === 'missing' ? [] : await backend.notesOf(call.reference);
  const line = noteLineText(call.noteId ?? '');
  const noteIsThere = notes.some((text) =>
    text.split(/\r\n|\r|\n/).some((candidate) => candidate.trim() === line),
  );
  return { kind: 'checked', write: call.write, observation, noteIsThere };
}

export function observationOf(ticket: TicketSnapshot | 'missing'): Observation {
  if (ticket === 'missing') return 'missing';
  return { status: ticket.status, key: ticket.keyLine?.key ?? null, changedAt: ticket.changedAt };
}

const CONCERNS_THE_BACKEND = new Set([
  'unavailable',
  'timeout',
  'rate-limited',
  'unauthorized',
  'invalid-response',
]);

export function failureOf(error: TicketBackendError, lateCommitMs: number, chance: number): Failure {
  const { reason, retryable, effect, message, remedy, retryAfterMs } = error;
  const scope =
    reason === 'parent-closed' ? 'parent' : CONCERNS_THE_BACKEND.has(reason) ? 'backend' : 'ticket';
  return { reason, retryable, effect, scope, message, remedy, lateCommitMs, retryAfterMs, chance };
}
