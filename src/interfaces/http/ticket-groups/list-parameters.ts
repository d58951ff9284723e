import type { GroupSearch, GroupStateFilter } from '../../../application/ports/ticket-group-queries.js';
import { RequestError } from '../request-error.js';

export const GROUPS_PER_PAGE = 50;
export const GROUP_STATES: readonly GroupStateFilter[] = ['open', 'closed', 'parked'];

/** What is searched for is as long as a label at most, so that no query grows without bounds. */
const LONGEST_SEARCH = 200;

/** The state to list, `otherwise` when none is asked for; null: every one. */
export function stateOf(parameter: unknown, otherwise: GroupStateFilter | null): GroupStateFilter | null {
  if (parameter === undefined) return otherwise;
  if (parameter === 'all') return null;
  const state = GROUP_STATES.find((candidate) => candidate === parameter);
  if (state === undefined) throw new RequestError(400, '"state" must be open, closed, parked or all');
  return state;
}

export function pageOf(parameter: unknown): number {
  if (parameter === undefined) return 1;
  if (typeof parameter === 'string' && /^[1-9]\d{0,8}$/.test(parameter)) return Number(parameter);
  throw new RequestError(400, '"page" must be a whole number from 1');
}

/** What is searched for, as it was typed but for blanks and control characters; empty: nothing. */
export function queryOf(parameter: unknown): string {
  if (parameter === undefined) return '';
  if (typeof parameter !== 'string') throw new RequestError(400, '"q" must be given once');
  const query = parameter.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  if (query.length <= LONGEST_SEARCH) return query;
  throw new RequestError(400, `"q" must have at most ${LONGEST_SEARCH} characters`);
}

export function wordsIn(query: string): GroupSearch {
  return query.split(' ').filter((word) => word !== '');
}
