import type { Logger } from '../ports/logger.js';
import type { BackendAnswer } from './backend-call.js';

/** One line for each change of a ticket and each failure; reads are not worth a line. */
export function logAnswer(logger: Logger, groupId: string, answer: BackendAnswer): void {
  switch (answer.kind) {
    case 'opened':
      logger.info('ticket opened', {
        groupId,
        ticketId: answer.reference,
        ticketKey: answer.write.ticketKey,
      });
      return;
    case 'updated':
      logger.info('ticket updated', {
        groupId,
        ticketKey: answer.write.ticketKey,
        note: answer.noteText !== null,
      });
      return;
    case 'failed': {
      const { reason, effect, message, retryable, remedy } = answer.failure;
      const fields = { groupId, ticketKey: answer.write.ticketKey, reason, effect, problem: message, remedy };
      if (retryable) logger.warn('ticket write failed, it is tried again', fields);
      else logger.error('ticket write failed and is parked', fields);
      return;
    }
    case 'read-failed':
      logger.warn('ticket read failed, it is tried again', {
        groupId,
        reason: answer.failure.reason,
        problem: answer.failure.message,
      });
      return;
    case 'explained':
      logger.warn('ticket write was without effect', {
        groupId,
        ticketKey: answer.ticketKey,
        causes: answer.causes,
      });
      return;
    case 'not-found':
    case 'checked':
    case 'observed':
      logger.debug('ticket read', { groupId, answer: answer.kind });
  }
}
