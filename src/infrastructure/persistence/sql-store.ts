import type { CommitListener } from '../../application/ports/commit-listener.js';
import type { Repositories, Store } from '../../application/ports/store.js';
import type { GroupChanges } from '../../domain/ticket-group/group-slice.js';
import type { Database } from './database-schema.js';
import { runTransaction } from './run-transaction.js';
import { SqlAdoptions } from './sql-adoptions.js';
import { SqlAlertRepository } from './sql-alert-repository.js';
import { SqlDeadLetterRepository } from './sql-dead-letter-repository.js';
import { SqlGroupLeases } from './sql-group-leases.js';
import { SqlTicketGroupRepository } from './sql-ticket-group-repository.js';

/**
 * The store in a SQL database. Transactions that run in one process on SQLite wait for each other, so one that is
 * begun inside another's work would wait for ever.
 */
export class SqlStore implements Store {
  /** `onCommit` is told what a transaction wrote of groups, once that is durable; it must not throw. */
  constructor(
    private readonly database: Database,
    private readonly onCommit: CommitListener = () => undefined,
  ) {}

  async transaction<T>(work: (repositories: Repositories) => Promise<T>): Promise<T> {
    let saved: GroupChanges[] = [];
    const result = await runTransaction(this.database.transaction(), (database) => {
      saved = []; // a transaction may be begun again
      return work(repositoriesOf(database, saved));
    });
    if (saved.length > 0) this.onCommit(saved);
    return result;
  }
}

function repositoriesOf(database: Database, saved: GroupChanges[]): Repositories {
  return {
    alerts: new SqlAlertRepository(database),
    groups: new SqlTicketGroupRepository(database, saved),
    leases: new SqlGroupLeases(database),
    deadLetters: new SqlDeadLetterRepository(database),
    adoptions: new SqlAdoptions(database),
  };
}
