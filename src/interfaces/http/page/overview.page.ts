import type { GroupStateFilter } from '../../../application/ports/ticket-group-queries.js';
import { GROUP_STATES } from '../ticket-groups/list-parameters.js';
import type { TicketGroupsPageResponse } from '../ticket-groups/ticket-groups.response.js';
import type { Notice } from '../ticket-groups/notice.js';
import { groupSection } from './group-section.js';
import { html, type Html } from './html.js';
import { showTimeIn } from './zoned-time.js';

export interface Overview {
  readonly list: TicketGroupsPageResponse;
  /** Which groups are shown; null: all of them. */
  readonly state: GroupStateFilter | null;
  readonly shownAt: string;
  readonly timeZone: string;
}

/** The whole page: what is wrong now, grouped as its tickets are. */
export function overviewPage(overview: Overview): Html {
  const showTime = showTimeIn(overview.timeZone);
  const { groups, total } = overview.list;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Alertree</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/assets/alertree.css" />
      </head>
      <body>
        <header>
          <h1>Alertree</h1>
          <p>As of ${showTime(overview.shownAt)}, times in ${overview.timeZone}</p>
          ${stateLinks(overview.state)}
        </header>
        ${overview.list.notices.map(notice)}
        <main>
          <h2>${headline(overview.state, total)}</h2>
          ${groups.map((group) => groupSection(group, showTime))}
        </main>
        ${pageLinks(overview)}
      </body>
    </html> `;
}

function notice({ title, text }: Notice): Html {
  return html`<aside class="notice" aria-label="${title}"><strong>${title}</strong> ${text}</aside>`;
}

function headline(state: GroupStateFilter | null, total: number): string {
  const kind = state === null ? '' : `${state} `;
  if (total === 0) return state === null ? 'No ticket group yet' : `No ${kind}ticket group`;
  return `${total} ${kind}ticket ${total === 1 ? 'group' : 'groups'}`;
}

function stateLinks(current: GroupStateFilter | null): Html {
  const link = (state: GroupStateFilter | null): Html =>
    html`<li>${anchor(addressOf(state, 1), state ?? 'all', state === current)}</li>`;
  return html`<nav aria-label="State">
    <ul>
      ${[null, ...GROUP_STATES].map(link)}
    </ul>
  </nav>`;
}

function pageLinks({ list, state }: Overview): Html | null {
  const last = Math.max(1, Math.ceil(list.total / list.perPage));
  if (last === 1 && list.page === 1) return null;
  const newer =
    list.page > 1 ? anchor(addressOf(state, Math.min(list.page - 1, last)), 'Newer', false) : null;
  const older = list.page < last ? anchor(addressOf(state, list.page + 1), 'Older', false) : null;
  return html`<nav class="pages" aria-label="Pages">
    ${newer} <span>Page ${list.page} of ${last}</span> ${older}
  </nav>`;
}

function addressOf(state: GroupStateFilter | null, page: number): string {
  const parameters = new URLSearchParams();
  if (state !== null) parameters.set('state', state);
  if (page > 1) parameters.set('page', String(page));
  return parameters.size === 0 ? '/' : `/?${parameters.toString()}`;
}

function anchor(address: string, text: string, isCurrent: boolean): Html {
  return isCurrent
    ? html`<a href="${address}" aria-current="page">${text}</a>`
    : html`<a href="${address}">${text}</a>`;
}
