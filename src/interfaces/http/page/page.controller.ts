import type { Request, Response } from 'express';
import type { Clock } from '../../../application/ports/clock.js';
import type { TicketGroupQueries } from '../../../application/ports/ticket-group-queries.js';
import type { Notice } from '../ticket-groups/notice.js';
import { GROUPS_PER_PAGE, pageOf, stateOf } from '../ticket-groups/list-parameters.js';
import type { TicketUrl } from '../ticket-groups/ticket.response.js';
import { toTicketGroupsPage } from '../ticket-groups/ticket-groups.response.js';
import { overviewPage } from './overview.page.js';
import { STYLE } from './style.js';

export interface PageParts {
  readonly queries: TicketGroupQueries;
  readonly clock: Clock;
  readonly timeZone: string;
  readonly ticketUrl: TicketUrl;
  readonly notices: () => readonly Notice[];
}

/** The page for people. */
export class PageController {
  constructor(private readonly parts: PageParts) {}

  async show(request: Request, response: Response): Promise<void> {
    const state = stateOf(request.query['state']);
    const page = pageOf(request.query['page']);
    const found = await this.parts.queries.list(state, page, GROUPS_PER_PAGE);
    const notices = this.parts.notices();
    const markup = overviewPage({
      list: toTicketGroupsPage(found, {
        page,
        perPage: GROUPS_PER_PAGE,
        notices,
        ticketUrl: this.parts.ticketUrl,
      }),
      state,
      shownAt: new Date(this.parts.clock.now()).toISOString(),
      timeZone: this.parts.timeZone,
    });
    response.set('Cache-Control', 'no-store').type('text/html').send(markup.toString());
  }

  style(_request: Request, response: Response): void {
    response.set('Cache-Control', 'no-cache').type('text/css').send(STYLE);
  }
}
