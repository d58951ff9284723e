import type { BackendCondition } from '../../../application/probe-backend/backend-state.js';
import type { Notice } from './notice.js';

/** What whoever looks must know of the ticket backend: that it is only the embedded one, and why tickets wait. */
export function noticesOf(condition: BackendCondition, isEmbedded: boolean): readonly Notice[] {
  return [...(isEmbedded ? [{ kind: 'embedded', said: '' } as const] : []), ...waitingFor(condition)];
}

function waitingFor(condition: BackendCondition): readonly Notice[] {
  switch (condition.kind) {
    case 'ready':
      return [];
    case 'unknown':
      return [{ kind: 'unanswered', said: '' }];
    case 'unreachable':
      return [{ kind: 'unreachable', said: condition.problem }];
    case 'parked':
      return condition.problems.map(({ problem, remedy }) => {
        return { kind: 'parked', said: `${problem} ${remedy}`.trim() };
      });
  }
}
