import type { DeadLetter } from './store.js';

/** Reads for people: what came and could not be understood. Never locks. */
export interface DeadLetterQueries {
  /** Newest first. `page` counts from 1. */
  list(page: number, perPage: number): Promise<DeadLetterPage>;
}

export interface DeadLetterPage {
  readonly total: number;
  readonly letters: readonly DeadLetter[];
}
