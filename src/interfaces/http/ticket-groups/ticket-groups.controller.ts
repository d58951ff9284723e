import type { Request, Response } from 'express';
import type { TicketGroupQueries } from '../../../application/ports/ticket-group-queries.js';
import { RequestError } from '../request-error.js';
import type { Notice } from './notice.js';
import { GROUPS_PER_PAGE, pageOf, queryOf, stateOf, wordsIn } from './list-parameters.js';
import type { TicketUrl } from './ticket.response.js';
import { toTicketGroup, toTicketGroupsPage } from './ticket-groups.response.js';

/** Beyond the cap of children a group lists what is folded: enough of it for any reader, bounded for the process. */
const MEMBERS_SHOWN = 1_000;

/** The API: what is grouped, how its tickets stand and what happened to them. */
export class TicketGroupsController {
  constructor(
    private readonly parts: {
      readonly queries: TicketGroupQueries;
      readonly notices: () => readonly Notice[];
      readonly ticketUrl: TicketUrl;
    },
  ) {}

  async list(request: Request, response: Response): Promise<void> {
    const page = pageOf(request.query['page']);
    const state = stateOf(request.query['state'], null);
    const search = wordsIn(queryOf(request.query['q']));
    const found = await this.parts.queries.list(state, page, GROUPS_PER_PAGE, search);
    const { ticketUrl } = this.parts;
    const asked = { page, perPage: GROUPS_PER_PAGE, notices: this.parts.notices(), ticketUrl };
    response.set('Cache-Control', 'no-store').json(toTicketGroupsPage(found, asked));
  }

  async find(request: Request, response: Response): Promise<void> {
    const details = await this.parts.queries.find(String(request.params['id']), MEMBERS_SHOWN);
    if (details === null) throw new RequestError(404, 'there is no ticket group with this id');
    response.set('Cache-Control', 'no-store').json(toTicketGroup(details, this.parts.ticketUrl));
  }
}
