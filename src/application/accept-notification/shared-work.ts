import type { GiveWay } from '../ports/give-way.js';
import { StoreUnavailableError } from '../ports/store.js';

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Work of which one piece runs at a time. What comes meanwhile waits, and what waits together is done together, up to
 * a size; one item is always taken, however large.
 */
export class SharedWork<Item, Result> {
  private readonly waiting: Waiting<Item, Result>[] = [];
  private working = false;

  constructor(
    private readonly limit: { readonly size: number; readonly sizeOf: (item: Item) => number },
    /** All of the items or none; a result for each, in their order. */
    private readonly work: (items: readonly Item[]) => Promise<readonly Result[]>,
    /** Awaited before each piece, so that all that has arrived by now is in it. */
    private readonly giveWay: GiveWay,
  ) {}

  /** Something is being done or waits. */
  get isBusy(): boolean {
    return this.working;
  }

  /** Resolves with the result of this item; rejects with why its piece of work failed. */
  do(item: Item): Promise<Result> {
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    this.waiting.push({ item, resolve, reject });
    if (!this.working) void this.run();
    return promise;
  }

  private async run(): Promise<void> {
    this.working = true;
    while (this.waiting.length > 0) {
      await this.giveWay();
      await this.doTogether(this.take());
    }
    this.working = false;
  }

  private take(): readonly Waiting<Item, Result>[] {
    let size = 0;
    const end = this.waiting.findIndex(({ item }, index) => {
      size += this.limit.sizeOf(item);
      return index > 0 && size > this.limit.size;
    });
    return this.waiting.splice(0, end === -1 ? this.waiting.length : end);
  }

  private async doTogether(together: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.work(together.map(({ item }) => item));
      for (const [index, { resolve }] of together.entries()) resolve(results[index] as Result);
    } catch (error) {
      if (together.length === 1 || error instanceof StoreUnavailableError) {
        for (const { reject } of together) reject(error);
        return;
      }
      // Whoever it was that failed must not take the others down with it.
      for (const alone of together) await this.doTogether([alone]);
    }
  }
}
