import { InMemoryStore } from '../../support/in-memory-store/in-memory-store.js';
import { describeStore } from './store.contract.js';
import type { StoreHarness } from './store-harness.js';

function harnessOf(store: InMemoryStore): StoreHarness {
  const { deadLetters } = store;
  return {
    store,
    queries: store,
    deadLetters,
    reopen: async () => harnessOf(store),
    close: async () => undefined,
  };
}

describeStore('the store in memory', async () => harnessOf(new InMemoryStore()));
