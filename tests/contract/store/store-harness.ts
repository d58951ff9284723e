import type { Repositories, Store } from '../../../src/application/ports/store.js';
import type { DeadLetterQueries } from '../../../src/application/ports/dead-letter-queries.js';
import type { OldRecords } from '../../../src/application/ports/old-records.js';
import type { StoreFigures } from '../../../src/application/ports/store-figures.js';
import type { TicketGroupQueries } from '../../../src/application/ports/ticket-group-queries.js';
import type { GroupChanges, GroupSlice } from '../../../src/domain/ticket-group/group-slice.js';

/** A store under test, empty at the start of each. */
export interface StoreHarness {
  readonly store: Store;
  readonly queries: TicketGroupQueries;
  readonly figures: StoreFigures;
  /** What was told of each commit since the store was opened. */
  readonly commits: readonly (readonly GroupChanges[])[];
  readonly deadLetters: DeadLetterQueries;
  readonly oldRecords: OldRecords;
  /** Leaves the store as a process does that ends, and returns it as the next one finds it. */
  reopen(): Promise<StoreHarness>;
  close(): Promise<void>;
}

/** Gives the store of the test that runs. */
export type CurrentStore = () => StoreHarness;

/** Saves the groups in one transaction. */
export function save(
  { store }: StoreHarness,
  ...groups: readonly Pick<GroupSlice, 'changes'>[]
): Promise<void> {
  return store.transaction(({ groups: repository }) => repository.save(groups));
}

/** What one method of the group repository answers, in a transaction of its own. */
export function ask<T>(
  { store }: StoreHarness,
  question: (groups: Repositories['groups']) => Promise<T>,
): Promise<T> {
  return store.transaction(({ groups }) => question(groups));
}
