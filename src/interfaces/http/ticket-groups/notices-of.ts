import type { BackendCondition } from '../../../application/probe-backend/backend-state.js';
import type { BackendProblem } from '../../../application/ports/ticket-backend.js';
import type { Notice } from './notice.js';

/** What whoever looks must know of the ticket backend: that it is only the embedded one, why tickets wait, what is not as configured. */
export function noticesOf(condition: BackendCondition, isEmbedded: boolean): readonly Notice[] {
  return [...(isEmbedded ? [{ kind: 'embedded', said: '' } as const] : []), ...waitingFor(condition)];
}

function waitingFor(condition: BackendCondition): readonly Notice[] {
  switch (condition.kind) {
    case 'ready':
      return condition.notices.map(toNotice);
    case 'unknown':
      return [{ kind: 'unanswered', said: '' }];
    case 'adopting':
      return [{ kind: 'adopting', said: '' }];
    case 'unreachable':
      return [{ kind: 'unreachable', said: `${condition.problem}${restUntil(condition.restsUntil)}` }];
    case 'parked':
      return condition.problems.map(toNotice);
  }
}

function restUntil(time: number | null): string {
  if (time === null) return '';
  return ` It asked to be left alone until ${new Date(time).toISOString().replace(/\.\d+Z$/, 'Z')}.`;
}

function toNotice({ problem, remedy, stops }: BackendProblem): Notice {
  return { kind: stops ? 'parked' : 'not-as-configured', said: `${problem} ${remedy}`.trim() };
}
