import type { Repositories, Store } from '../../application/ports/store.js';
import type { Database } from './database-schema.js';
import { runTransaction } from './run-transaction.js';
import { SqlAlertRepository } from './sql-alert-repository.js';
import { SqlDeadLetterRepository } from './sql-dead-letter-repository.js';
import { SqlGroupLeases } from './sql-group-leases.js';
import { SqlTicketGroupRepository } from './sql-ticket-group-repository.js';

/**
 * The store in a SQL database. Transactions that run in one process on SQLite wait for each other, so one that is
 * begun inside another's work would wait for ever.
 */
export class SqlStore implements Store {
  constructor(private readonly database: Database) {}

  transaction<T>(work: (repositories: Repositories) => Promise<T>): Promise<T> {
    return runTransaction(this.database.transaction(), (database) => work(repositoriesOf(database)));
  }
}

function repositoriesOf(database: Database): Repositories {
  return {
    alerts: new SqlAlertRepository(database),
    groups: new SqlTicketGroupRepository(database),
    leases: new SqlGroupLeases(database),
    deadLetters: new SqlDeadLetterRepository(database),
  };
}
