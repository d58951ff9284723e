import { sql } from 'kysely';
import type { DeadLetter, DeadLetterRepository } from '../../application/ports/store.js';
import { inChunks } from './chunks.js';
import type { Database, DeadLettersTable } from './database-schema.js';

export class SqlDeadLetterRepository implements DeadLetterRepository {
  constructor(private readonly database: Database) {}

  /** The same letter is kept once, with the time when it last came. */
  async save(letters: readonly DeadLetter[]): Promise<void> {
    const byId = new Map(letters.map((letter) => [letter.id, deadLetterRow(letter)]));
    for await (const chunk of inChunks([...byId.values()])) {
      await this.database
        .insertInto('dead_letters')
        .values(chunk)
        .onConflict((conflict) =>
          conflict.column('id').doUpdateSet({ received_at: sql.ref('excluded.received_at') }),
        )
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
