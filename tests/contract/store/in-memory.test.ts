import type { GroupChanges } from '../../../src/domain/ticket-group/group-slice.js';
import { InMemoryStore } from '../../support/in-memory-store/in-memory-store.js';
import { describeStore } from './store.contract.js';
import type { StoreHarness } from './store-harness.js';

function newHarness(): StoreHarness {
  const commits: (readonly GroupChanges[])[] = [];
  const store = new InMemoryStore((changes) => void commits.push(changes));
  const harness: StoreHarness = {
    store,
    queries: store,
    deadLetters: store.deadLetters,
    oldRecords: store.oldRecords,
    figures: store,
    commits,
    reopen: async () => harness,
    close: async () => undefined,
  };
  return harness;
}

describeStore('the store in memory', async () => newHarness());
