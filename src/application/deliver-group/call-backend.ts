import type { Failure } from '../../domain/ticket-group/postponing.js';
import { noteLineText } from '../ports/key-line.js';
import type { TicketBackend } from '../ports/ticket-backend.js';
import { TicketBackendError } from '../ports/ticket-backend-error.js';
import { plainWords } from '../ticket-text/plain-words.js';
import type { BackendCall } from './backend-call.js';
import { foldCopy } from './fold-copy.js';
import { observationOf } from './observation-of.js';
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
      const { write, copy } = call;
      return { kind: 'fold-failed', ticketKey: write.ticketKey, copy, failure };
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
      return foldCopy(backend, call);
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

async function check(backend: TicketBackend, call: BackendCall & { kind: 'check' }): Promise<GroupAnswer> {
  const found = await backend.fetchMany([call.reference]);
  const observation = observationOf(found.get(call.reference) ?? 'missing');
  const notes =
    call.noteId === null || observation === 'missing' ? [] : await backend.notesOf(call.reference);
  const line = noteLineText(call.noteId ?? '');
  const note = notes.find(({ text }) =>
    text.split(/\r\n|\r|\n/).some((candidate) => candidate.trim() === line),
  );
  const asked = { noteIsThere: note !== undefined, gaveStatus: note?.gaveStatus ?? null };
  return { kind: 'checked', write: call.write, observation, ...asked };
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
