import type { Failure } from '../../domain/ticket-group/postponing.js';
import type { LogFields, Logger } from '../ports/logger.js';
import type { GroupAnswer } from '../../domain/ticket-group/group-answer.js';

/** One line for each change of a ticket and each failure; reads are not worth a line. */
export function logAnswer(logger: Logger, groupId: string, answer: GroupAnswer): void {
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
    case 'failed':
      logFailure(logger, { groupId, ticketKey: answer.write.ticketKey }, answer.failure);
      return;
    case 'read-failed':
      logger.warn('ticket read failed, it is tried again', { groupId, ...fieldsOf(answer.failure) });
      return;
    case 'copy-settled':
    case 'copy-takes-over':
    case 'fold-failed':
      return logCopy(logger, groupId, answer);
    case 'explained':
      logger.warn('ticket write was without effect', {
        groupId,
        ticketKey: answer.ticketKey,
        causes: answer.causes,
      });
      return;
    default:
      logger.debug('ticket read', { groupId, answer: answer.kind });
  }
}

function logCopy(
  logger: Logger,
  groupId: string,
  answer: GroupAnswer & { readonly kind: 'copy-settled' | 'copy-takes-over' | 'fold-failed' },
): void {
  const ticketKey = answer.kind === 'fold-failed' ? answer.ticketKey : answer.write.ticketKey;
  const where = { groupId, ticketKey, copy: answer.copy };
  if (answer.kind === 'copy-settled')
    logger.info('copy of a ticket dealt with', { ...where, outcome: answer.outcome });
  else if (answer.kind === 'copy-takes-over')
    logger.info('copy of a ticket that a person closed or deleted is the ticket now', where);
  else logger.warn('copy of a ticket could not be folded', { ...where, ...fieldsOf(answer.failure) });
}

function logFailure(logger: Logger, where: LogFields, failure: Failure): void {
  const fields = { ...where, ...fieldsOf(failure), effect: failure.effect, remedy: failure.remedy };
  if (failure.retryable) logger.warn('ticket write failed, it is tried again', fields);
  else logger.error('ticket write failed and is parked', fields);
}

function fieldsOf({ reason, message }: Failure): LogFields {
  return { reason, problem: message };
}
