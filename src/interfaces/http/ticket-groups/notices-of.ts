import type { BackendCondition } from '../../../application/probe-backend/backend-state.js';
import type { BackendProblem } from '../../../application/ports/ticket-backend.js';
import type { Notice } from './notice.js';

/** What whoever looks must know of the ticket backend: that it is only the embedded one, why tickets wait, what is not as configured. */
export function noticesOf(condition: BackendCondition, isEmbedded: boolean): readonly Notice[] {
  return [...(isEmbedded ? [EMBEDDED] : []), ...waitingFor(condition)];
}

const EMBEDDED: Notice = {
  title: 'Embedded tracker in use.',
  text: 'No REDMINE_URL is set: tickets are kept in the embedded tracker, for trials. Nobody is told of them but this page.',
};

function waitingFor(condition: BackendCondition): readonly Notice[] {
  switch (condition.kind) {
    case 'ready':
      return condition.notices.map(toNotice);
    case 'unknown':
      return [
        { title: 'Tickets wait.', text: 'The ticket backend has not answered yet. Alerts are accepted.' },
      ];
    case 'unreachable':
      return [
        { title: 'Tickets wait.', text: `${condition.problem} Alerts are accepted; it is tried again.` },
      ];
    case 'parked':
      return condition.problems.map(toNotice);
  }
}

function toNotice({ problem, remedy, stops }: BackendProblem): Notice {
  const title = stops ? 'Tickets wait for somebody to act.' : 'Not as configured.';
  return { title, text: `${problem} ${remedy}`.trim() };
}
