import type { Clock } from '../../application/ports/clock.js';
import { StoreUnavailableError } from '../../application/ports/store.js';

const CHECK_EVERY_MS = 3_000;

/** Runs work of the store and passes on what comes of it. */
export type Watch = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Knows whether the store takes what is written to it. One piece of work that fails for the store's sake tells that it
 * does not. Work that succeeds says nothing, as it may only have read: while the store fails, a write of its own is tried
 * from time to time.
 */
export class StoreHealth {
  private isFailing = false;
  private checksAt = 0;

  constructor(
    /** Writes something that needs room, durably; rejects with `StoreUnavailableError`. */
    private readonly tryToWrite: () => Promise<void>,
    private readonly clock: Clock,
  ) {}

  /** In words for people, without the words of the database; null when it can be used as far as known. */
  get unusableBecause(): string | null {
    return this.isFailing ? 'The store cannot be used now; the log of Alertree says more.' : null;
  }

  readonly watch: Watch = async (work) => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof StoreUnavailableError) this.isFailing = true;
      throw error;
    }
  };

  /** Tries to write if the store fails and it is time to. Returns in how many milliseconds it wants to be called again. */
  async execute(): Promise<number> {
    const wait = this.checksAt - this.clock.now();
    if (wait > 0 && wait <= CHECK_EVERY_MS) return wait;
    if (this.isFailing) await this.check();
    this.checksAt = this.clock.now() + CHECK_EVERY_MS;
    return CHECK_EVERY_MS;
  }

  private async check(): Promise<void> {
    try {
      await this.tryToWrite();
      this.isFailing = false;
    } catch (error) {
      // It was told when the work failed that found it out.
      if (!(error instanceof StoreUnavailableError)) throw error;
    }
  }
}
