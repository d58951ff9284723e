import {
  StoreUnavailableError,
  type Repositories,
  type Store,
} from '../../../src/application/ports/store.js';
import type { Step } from './hazards.js';

export interface Life {
  /** Throws when the process is dead, or dies here. */
  passes(step: Step): void;
  /** Throws when the process is dead. */
  mustLive(): void;
  readonly hazards: { isBusy(): boolean };
}

/** The store as a process uses it: a crash leaves what was committed, and nothing of the transaction under way. */
export class MortalStore implements Store {
  /** How many transactions were committed through it. */
  commits = 0;

  constructor(
    private readonly store: Store,
    private readonly life: Life,
  ) {}

  async transaction<T>(work: (repositories: Repositories) => Promise<T>): Promise<T> {
    this.life.mustLive();
    if (this.life.hazards.isBusy()) throw new StoreUnavailableError('The store is busy.');
    const result = await this.store.transaction(async (repositories) => {
      const done = await work(repositories);
      this.life.passes('before a commit');
      return done;
    });
    this.commits += 1;
    this.life.passes('after a commit');
    return result;
  }
}
