import type { Observation } from '../../domain/ticket-group/observing.js';
import type { TicketSnapshot } from '../ports/ticket-backend.js';

/** A ticket as it was read, in the words of the domain. */
export function observationOf(ticket: TicketSnapshot | 'missing'): Observation {
  if (ticket === 'missing') return 'missing';
  return { status: ticket.status, key: ticket.keyLine?.key ?? null, changedAt: ticket.changedAt };
}
