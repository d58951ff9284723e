import type { DeadLetter, DeadLetterRepository } from '../../application/ports/store.js';
import { inChunks } from './chunks.js';
import type { Database, DeadLettersTable } from './database-schema.js';

export class SqlDeadLetterRepository implements DeadLetterRepository {
  constructor(private readonly database: Database) {}

  /** Saving a letter twice is harmless: the first stays. */
  async save(letters: readonly DeadLetter[]): Promise<void> {
    for await (const chunk of inChunks(letters.map(deadLetterRow))) {
      await this.database
        .insertInto('dead_letters')
        .values(chunk)
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute();
    }
  }
}

function deadLetterRow(letter: DeadLetter): DeadLettersTable {
  return {
    id: letter.id,
    source: letter.source,
    received_at: letter.receivedAt,
    problem: letter.problem,
    body: letter.body,
  };
}
