import { StoreUnavailableError, type Repositories, type Store } from '../../application/ports/store.js';

/** A store that knows whether the last transaction could be run. Workers try again and again, so it learns when one can. */
export class WatchedStore implements Store {
  private isFailing = false;

  constructor(private readonly store: Store) {}

  /** In words for people, without the words of the database; null when it can be used as far as known. */
  get unusableBecause(): string | null {
    return this.isFailing ? 'The store cannot be used now; the log of Alertree says more.' : null;
  }

  async transaction<T>(work: (repositories: Repositories) => Promise<T>): Promise<T> {
    try {
      const result = await this.store.transaction(work);
      this.isFailing = false;
      return result;
    } catch (error) {
      if (error instanceof StoreUnavailableError) this.isFailing = true;
      throw error;
    }
  }
}
