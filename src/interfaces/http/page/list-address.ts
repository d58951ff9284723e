import type { ListedState } from './words/page-words.js';

/** What the page shows: which groups, found by what, and which page of them. */
export interface Listing {
  readonly state: ListedState;
  /** As it was typed; empty: nothing is searched for. */
  readonly query: string;
  readonly page: number;
}

/** What is wrong now is what people come for. */
export const USUAL_STATE = 'open';

/** The address of the page that shows this. */
export function addressOf({ state, query, page }: Listing): string {
  const parameters = new URLSearchParams();
  if (state !== USUAL_STATE) parameters.set('state', state);
  if (query !== '') parameters.set('q', query);
  if (page > 1) parameters.set('page', String(page));
  return parameters.size === 0 ? '/' : `/?${parameters.toString()}`;
}
