import type { DeadLetterPage } from '../../../application/ports/dead-letter-queries.js';
import type { DeadLetter } from '../../../application/ports/store.js';

const EXCERPT_CHARACTERS = 2_000;

export interface DeadLettersPageResponse {
  readonly total: number;
  readonly page: number;
  readonly perPage: number;
  readonly deadLetters: readonly DeadLetterResponse[];
}

/** An alert that was rejected, for people and programs. Times are ISO 8601 in UTC. */
export interface DeadLetterResponse {
  readonly id: string;
  readonly source: string;
  readonly receivedAt: string;
  /** Names the field and what is wrong with it. */
  readonly problem: string;
  /** The beginning of the alert as it was sent, as JSON text. */
  readonly excerpt: string;
}

export function toDeadLettersPage(
  found: DeadLetterPage,
  paging: { readonly page: number; readonly perPage: number },
): DeadLettersPageResponse {
  return { total: found.total, ...paging, deadLetters: found.letters.map(toDeadLetterResponse) };
}

function toDeadLetterResponse(letter: DeadLetter): DeadLetterResponse {
  return {
    id: letter.id,
    source: letter.source,
    receivedAt: new Date(letter.receivedAt).toISOString(),
    problem: letter.problem,
    excerpt: letter.body.slice(0, EXCERPT_CHARACTERS).toWellFormed(),
  };
}
