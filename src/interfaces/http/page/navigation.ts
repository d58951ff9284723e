import { GROUP_STATES } from '../ticket-groups/list-parameters.js';
import { html, type Html } from './html.js';
import { addressOf, USUAL_STATE, type Listing } from './list-address.js';
import type { ListWords } from './words/page-words.js';

/** Links to the groups in each state; what is searched for stays. */
export function stateLinks(listing: Listing, words: ListWords): Html {
  const states = [...GROUP_STATES, 'all'] as const;
  const link = (state: (typeof states)[number]): Html => {
    const address = addressOf({ ...listing, state, page: 1 });
    return html`<li>${anchor(address, words.state[state], state === listing.state)}</li>`;
  };
  return html`<nav aria-label="${words.states}">
    <ul>
      ${states.map(link)}
    </ul>
  </nav>`;
}

/** Asks for what is searched for; the state stays. */
export function searchForm({ state, query }: Listing, words: ListWords): Html {
  const clear = query === '' ? null : anchor(addressOf({ state, query: '', page: 1 }), words.clear, false);
  return html`<form role="search" action="/" method="get">
    ${state === USUAL_STATE ? null : html`<input type="hidden" name="state" value="${state}" />`}
    <label for="q">${words.search}</label>
    <input id="q" type="search" name="q" value="${query}" maxlength="200" aria-describedby="q-hint" />
    <button>${words.find}</button>
    ${clear}
    <p id="q-hint">${words.searchHint}</p>
  </form>`;
}

/** Links to the pages before and after; nothing when all is on one. */
export function pageLinks(listing: Listing, last: number, words: ListWords): Html | null {
  const { page } = listing;
  if (last === 1 && page === 1) return null;
  const to = (other: number, text: string): Html =>
    anchor(addressOf({ ...listing, page: other }), text, false);
  return html`<nav class="pages" aria-label="${words.pages}">
    ${page > 1 ? to(Math.min(page - 1, last), words.newer) : null} <span>${words.page(page, last)}</span>
    ${page < last ? to(page + 1, words.older) : null}
  </nav>`;
}

function anchor(address: string, text: string, isCurrent: boolean): Html {
  return isCurrent
    ? html`<a href="${address}" aria-current="page">${text}</a>`
    : html`<a href="${address}">${text}</a>`;
}
