import { TicketBackendError } from '../../../application/ports/ticket-backend-error.js';

export function ticketNotFound(id: string): TicketBackendError {
  return new TicketBackendError(`There is no ticket #${id} in the embedded tracker.`, {
    reason: 'not-found',
    retryable: false,
    effect: 'none',
  });
}

export function parentNotOpen(id: string): TicketBackendError {
  return new TicketBackendError(`Ticket #${id} is closed or missing and cannot get a subtask.`, {
    reason: 'parent-closed',
    retryable: false,
    effect: 'none',
    remedy: `Reopen ticket #${id}, or open the new one elsewhere.`,
  });
}

/** What the port promises of an error: its own are passed on, whatever the database throws is wrapped. */
export function trackerFailure(error: unknown, effect: TicketBackendError['effect']): TicketBackendError {
  if (error instanceof TicketBackendError) return error;
  return new TicketBackendError('The store of the embedded tracker failed; see the cause.', {
    reason: 'unavailable',
    retryable: true,
    effect,
    cause: error,
  });
}
