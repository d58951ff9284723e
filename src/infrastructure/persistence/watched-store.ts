import type { Repositories, Store } from '../../application/ports/store.js';
import type { StoreHealth } from './store-health.js';

/** A store whose failures tell of its health. */
export class WatchedStore implements Store {
  constructor(
    private readonly store: Store,
    private readonly health: StoreHealth,
  ) {}

  transaction<T>(work: (repositories: Repositories) => Promise<T>): Promise<T> {
    return this.health.watch(() => this.store.transaction(work));
  }
}
