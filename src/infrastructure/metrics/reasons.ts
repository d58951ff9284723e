import type { TicketBackendErrorReason } from '../../application/ports/ticket-backend-error.js';

const REASONS: Readonly<Record<TicketBackendErrorReason, true>> = {
  unavailable: true,
  'server-error': true,
  timeout: true,
  'rate-limited': true,
  unauthorized: true,
  forbidden: true,
  'not-found': true,
  'parent-closed': true,
  conflict: true,
  rejected: true,
  'invalid-response': true,
};

/** All of them: a reason that is missing here does not compile. */
export const BACKEND_ERROR_REASONS: readonly string[] = Object.keys(REASONS);
