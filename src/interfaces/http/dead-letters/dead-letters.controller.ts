import type { Request, Response } from 'express';
import type { DeadLetterQueries } from '../../../application/ports/dead-letter-queries.js';
import { pageOf } from '../ticket-groups/list-parameters.js';
import { toDeadLettersPage } from './dead-letters.response.js';

const LETTERS_PER_PAGE = 50;

/** The API: alerts that were rejected, with what was wrong with them. */
export class DeadLettersController {
  constructor(private readonly parts: { readonly deadLetters: DeadLetterQueries }) {}

  async list(request: Request, response: Response): Promise<void> {
    const page = pageOf(request.query['page']);
    const found = await this.parts.deadLetters.list(page, LETTERS_PER_PAGE);
    response
      .set('Cache-Control', 'no-store')
      .json(toDeadLettersPage(found, { page, perPage: LETTERS_PER_PAGE }));
  }
}
