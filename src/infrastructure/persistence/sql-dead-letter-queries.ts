import type { DeadLetterPage, DeadLetterQueries } from '../../application/ports/dead-letter-queries.js';
import type { DeadLetter } from '../../application/ports/store.js';
import type { Database, DeadLettersTable } from './database-schema.js';
import { readSnapshot } from './run-transaction.js';

/** Each answer shows the store as it stood at one moment. Throws `StoreUnavailableError` when the store fails. */
export class SqlDeadLetterQueries implements DeadLetterQueries {
  constructor(private readonly database: Database) {}

  list(page: number, perPage: number): Promise<DeadLetterPage> {
    return readSnapshot(this.database, async (snapshot) => {
      const letters = snapshot.selectFrom('dead_letters');
      const { total } = await letters
        .select((letter) => letter.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      const rows = await letters
        .selectAll()
        .orderBy('received_at', 'desc')
        .orderBy('id', 'desc') // those of one body came at once
        .limit(perPage)
        .offset((page - 1) * perPage)
        .execute();
      return { total, letters: rows.map(toDeadLetter) };
    });
  }
}

function toDeadLetter(row: DeadLettersTable): DeadLetter {
  return {
    id: row.id,
    source: row.source,
    receivedAt: row.received_at,
    problem: row.problem,
    body: row.body,
  };
}
