import type { Moment } from '../../domain/ticket-group/moment.js';
import type { TicketGroup } from '../../domain/ticket-group/ticket-group.js';
import type { BackendAnswer } from './backend-call.js';

/** Tells the group what came of a call. An answer to a write that is no longer the ticket's last has no effect. */
export function recordAnswer(group: TicketGroup, answer: BackendAnswer, moment: Moment): void {
  switch (answer.kind) {
    case 'opened':
      group.opened(answer.write, answer, moment);
      return;
    case 'not-found':
      group.notFound(answer.write);
      return;
    case 'updated':
      group.updated(answer.write, answer.noteText, moment);
      return;
    case 'failed':
      group.failed(answer.write, answer.failure, moment);
      return;
    case 'observed':
      group.observed(answer.reads, moment);
      return;
    case 'checked':
      group.checked(answer.write, answer, moment);
      return;
    case 'explained':
      group.explained(answer.ticketKey, answer.causes, moment);
      return;
    case 'read-failed':
      group.readFailed(answer.failure, moment);
  }
}
