import type { GroupStateFilter } from '../../../application/ports/ticket-group-queries.js';
import { RequestError } from '../request-error.js';

export const GROUPS_PER_PAGE = 50;
export const GROUP_STATES: readonly GroupStateFilter[] = ['open', 'closed', 'parked'];

/** The state to list; null: every one. */
export function stateOf(parameter: unknown): GroupStateFilter | null {
  if (parameter === undefined) return null;
  const state = GROUP_STATES.find((candidate) => candidate === parameter);
  if (state === undefined) throw new RequestError(400, '"state" must be open, closed or parked');
  return state;
}

export function pageOf(parameter: unknown): number {
  if (parameter === undefined) return 1;
  if (typeof parameter === 'string' && /^[1-9]\d{0,8}$/.test(parameter)) return Number(parameter);
  throw new RequestError(400, '"page" must be a whole number from 1');
}
