import type { CommitListener } from '../../../src/application/ports/commit-listener.js';
import type { Figures, StoreFigures } from '../../../src/application/ports/store-figures.js';
import type { DeadLetterQueries } from '../../../src/application/ports/dead-letter-queries.js';
import type { OldRecords } from '../../../src/application/ports/old-records.js';
import type { Repositories, Store } from '../../../src/application/ports/store.js';
import type {
  EpisodeStanding,
  GroupDetails,
  GroupPage,
  GroupSearch,
  GroupStateFilter,
  TicketGroupQueries,
} from '../../../src/application/ports/ticket-group-queries.js';
import type { GroupChanges } from '../../../src/domain/ticket-group/group-slice.js';
import { figuresOf } from './in-memory-figures.js';
import { InMemoryGroupLeases } from './in-memory-group-leases.js';
import { forgetAlerts, forgetDeadLetters, forgetEvents, forgetGroups } from './in-memory-old-records.js';
import { InMemoryGroupRepository } from './in-memory-group-repository.js';
import { findGroup, listDeadLetters, listGroups, standingsOf } from './in-memory-queries.js';
import { MemoryTables } from './memory-tables.js';

/**
 * The store as plain maps, for tests that need thousands of them. It keeps what the contract of the ports promises, but
 * for durability: what it holds ends with it. Transactions and queries wait for each other, so one that is begun
 * inside another's work would wait for ever, as on SQLite.
 */
export class InMemoryStore implements Store, TicketGroupQueries, StoreFigures {
  private readonly tables = new MemoryTables();
  private readonly saved: GroupChanges[] = [];
  private readonly repositories = repositoriesOf(this.tables, this.saved);
  private last: Promise<unknown> = Promise.resolve();

  readonly deadLetters: DeadLetterQueries = {
    list: (page, perPage) => this.inTurn(async () => listDeadLetters(this.tables, { page, perPage })),
  };

  readonly oldRecords: OldRecords = {
    forgetGroups: (age) => this.transaction(async () => forgetGroups(this.tables, age)),
    forgetAlerts: (age) => this.transaction(async () => forgetAlerts(this.tables, age)),
    forgetEvents: (age) => this.transaction(async () => forgetEvents(this.tables, age)),
    forgetDeadLetters: (age) => this.transaction(async () => forgetDeadLetters(this.tables, age)),
  };

  constructor(private readonly onCommit: CommitListener = () => undefined) {}

  transaction<T>(work: (repositories: Repositories) => Promise<T>): Promise<T> {
    return this.inTurn(async () => {
      try {
        const result = await work(this.repositories);
        this.tables.journal.commit();
        if (this.saved.length > 0) this.onCommit([...this.saved]);
        return result;
      } catch (error) {
        this.tables.journal.rollBack();
        throw error;
      } finally {
        this.saved.length = 0;
      }
    });
  }

  list(
    filter: GroupStateFilter | null,
    page: number,
    perPage: number,
    search: GroupSearch = [],
  ): Promise<GroupPage> {
    return this.inTurn(async () => listGroups(this.tables, { filter, search }, { page, perPage }));
  }

  find(groupId: string, memberLimit: number): Promise<GroupDetails | null> {
    return this.inTurn(async () => findGroup(this.tables, groupId, memberLimit));
  }

  ticketsOf(episodeIds: readonly string[]): Promise<ReadonlyMap<string, EpisodeStanding>> {
    return this.inTurn(async () => standingsOf(this.tables, episodeIds));
  }

  read(instance: string, now: number): Promise<Figures> {
    return this.inTurn(async () => figuresOf(this.tables, instance, now));
  }

  private inTurn<T>(task: () => Promise<T>): Promise<T> {
    const result = this.last.then(task);
    // Whoever comes next waits for the end of this one, however it ends.
    this.last = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }
}

function repositoriesOf(tables: MemoryTables, saved: GroupChanges[]): Repositories {
  return {
    alerts: {
      find: async (ids) =>
        new Map(
          [...new Set(ids)].flatMap((id) => {
            const record = tables.alerts.get(id);
            return record === null ? [] : [[id, record] as const];
          }),
        ),
      save: async (records) => {
        for (const record of records) tables.alerts.put(record.id, record);
      },
    },
    groups: new InMemoryGroupRepository(tables, saved),
    leases: new InMemoryGroupLeases(tables),
    adoptions: {
      isDone: async (instance) => tables.adoption.get('the one') === instance,
      forget: async () => tables.adoption.put('the one', 'none'),
      done: async (instance) => tables.adoption.put('the one', instance),
    },
    deadLetters: {
      save: async (letters) => {
        for (const letter of letters) {
          tables.deadLetters.put(letter.id, letter);
        }
      },
    },
  };
}
