import type { Language } from '../../../application/ticket-text/messages.js';
import { NOTICE_WORDS, type Notice } from '../ticket-groups/notice.js';
import type { TicketGroupsPageResponse } from '../ticket-groups/ticket-groups.response.js';
import { groupSection } from './group-section.js';
import { html, type Html } from './html.js';
import { addressOf, type Listing } from './list-address.js';
import { inEnglish } from './marks.js';
import { pageLinks, searchForm, stateLinks } from './navigation.js';
import type { View } from './view.js';
import type { ListWords } from './words/page-words.js';

export interface Overview {
  readonly list: TicketGroupsPageResponse;
  readonly listing: Listing;
  readonly notices: readonly Notice[];
}

/** The page around its live part, which says what it is about and when that was so. */
export function overviewPage(
  live: Html,
  { listing, view, shownAt }: { listing: Listing; view: View; shownAt: Html },
): Html {
  const { words } = view;
  return html`<!doctype html>
    <html lang="${words.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Alertree</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/assets/alertree.css" />
        <script type="module" src="/assets/alertree.js"></script>
      </head>
      <body>
        <header>
          <h1>Alertree</h1>
          <p>${shownAt}</p>
          ${stateLinks(listing, words.list)} ${searchForm(listing, words.list)}
          <p id="stale" class="notice" role="alert" hidden>${words.live.stale}</p>
          <p id="stopped" class="notice" role="alert" hidden>${words.live.stopped}</p>
          <p id="news" class="heard" role="status"></p>
        </header>
        <main id="live">${live}</main>
      </body>
    </html> `;
}

/** What changes while somebody looks: what is wrong now, grouped as its tickets are. */
export function livePart({ list, listing, notices }: Overview, view: View): Html {
  const { words } = view;
  const last = Math.max(1, Math.ceil(list.total / list.perPage));
  return html`${notices.map((one) => notice(one, words.language))}
    <h2>${headline(list.total, listing, words.list)}</h2>
    ${list.total === 0 ? elsewhere(listing, words.list) : null}
    ${list.groups.map((group) => groupSection(group, view))} ${pageLinks(listing, last, words.list)}`;
}

function notice({ kind, said }: Notice, language: Language): Html {
  const { title, text } = NOTICE_WORDS[language][kind];
  return html`<p class="notice">
    <strong>${title}</strong> ${said === '' ? null : inEnglish(said)} ${text}
  </p>`;
}

function headline(total: number, { state, query }: Listing, words: ListWords): Html {
  const count = total === 0 ? words.none(state) : words.headline(state, total);
  return html`${count}${query === '' ? '' : html` <bdi>${words.found(query)}</bdi>`}`;
}

/** Where nothing is in this state there may be something in another. */
function elsewhere({ state, query }: Listing, words: ListWords): Html | null {
  if (state === 'all') return null;
  return html`<p><a href="${addressOf({ state: 'all', query, page: 1 })}">${words.showAll}</a></p>`;
}
