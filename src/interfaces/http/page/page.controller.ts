import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Clock } from '../../../application/ports/clock.js';
import type { TicketGroupQueries } from '../../../application/ports/ticket-group-queries.js';
import type { Language } from '../../../application/ticket-text/messages.js';
import { GROUPS_PER_PAGE, pageOf, queryOf, stateOf, wordsIn } from '../ticket-groups/list-parameters.js';
import type { Notice } from '../ticket-groups/notice.js';
import { toTicketGroupsPage } from '../ticket-groups/ticket-groups.response.js';
import type { TicketUrl } from '../ticket-groups/ticket.response.js';
import { html, type Html } from './html.js';
import { USUAL_STATE, type Listing } from './list-address.js';
import { livePart, overviewPage } from './overview.page.js';
import { SCRIPT } from './script.js';
import { STYLE } from './style.js';
import { viewOf, type View } from './view.js';
import { wordsFor } from './words/in-language.js';

export interface PageParts {
  readonly queries: TicketGroupQueries;
  readonly clock: Clock;
  readonly timeZone: string;
  /** For browsers that ask for none that there is. */
  readonly language: Language;
  readonly ticketUrl: TicketUrl;
  readonly notices: () => readonly Notice[];
}

/** The page for people. */
export class PageController {
  constructor(private readonly parts: PageParts) {}

  /** Whoever has the page already is told that nothing changed, and when that was so. */
  async show(request: Request, response: Response): Promise<void> {
    const { clock, language, timeZone } = this.parts;
    const now = clock.now();
    const view = viewOf(wordsFor(request, language), timeZone, now);
    const listing = listingOf(request);
    const live = await this.livePart(listing, view);
    const tag = tagOf(live, view);
    const asOf = view.writeTime(new Date(now));
    response.set({ 'Cache-Control': 'no-store', Vary: 'Accept-Language', ETag: tag, 'Alertree-As-Of': asOf });
    if (request.get('If-None-Match') === tag) {
      response.status(304).end();
      return;
    }
    const shownAt = view.words.asOf(html`<span id="as-of">${asOf}</span>`, timeZone);
    response.type('text/html').send(overviewPage(live, { listing, view, shownAt }).toString());
  }

  style(_request: Request, response: Response): void {
    response.set('Cache-Control', 'no-cache').type('text/css').send(STYLE);
  }

  script(_request: Request, response: Response): void {
    response.set('Cache-Control', 'no-cache').type('text/javascript').send(SCRIPT);
  }

  private async livePart(listing: Listing, view: View): Promise<Html> {
    const { queries, ticketUrl } = this.parts;
    const { state, query, page } = listing;
    const filter = state === 'all' ? null : state;
    const found = await queries.list(filter, page, GROUPS_PER_PAGE, wordsIn(query));
    const notices = this.parts.notices();
    const list = toTicketGroupsPage(found, { page, perPage: GROUPS_PER_PAGE, notices, ticketUrl });
    return livePart({ list, listing, notices }, view);
  }
}

function listingOf({ query }: Request): Listing {
  return {
    state: stateOf(query['state'], USUAL_STATE) ?? 'all',
    query: queryOf(query['q']),
    page: pageOf(query['page']),
  };
}

/** Differs when what is shown differs, the time of looking left out. */
function tagOf(live: Html, { words }: View): string {
  const hash = createHash('sha256').update(words.language).update(live.toString());
  return `W/"${hash.digest('base64url')}"`;
}
