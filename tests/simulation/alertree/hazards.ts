import type { Tally } from '../tally.js';

/** The steps between which a process can die: what is durable, or may be, changes at each of them. */
export const STEPS = ['before a commit', 'after a commit', 'before a call', 'after a call'] as const;
export type Step = (typeof STEPS)[number];

/** What is to happen to the process and its store; each waits for its turn. */
export class Hazards {
  private crashIn: number | null = null;
  private busy = 0;

  constructor(private readonly tally: Tally) {}

  /** The process dies at the step after so many. */
  crashAfter(steps: number): void {
    this.crashIn ??= steps;
  }

  /** The store takes none of the next so many transactions. */
  keepBusy(transactions: number): void {
    this.busy += transactions;
  }

  end(): void {
    this.crashIn = null;
    this.busy = 0;
  }

  /** Asked at each step. */
  crashesAt(step: Step): boolean {
    if (this.crashIn === null) return false;
    this.crashIn -= 1;
    if (this.crashIn >= 0) return false;
    this.crashIn = null;
    this.tally.count(`crash: ${step}`);
    return true;
  }

  /** Asked before each transaction. */
  isBusy(): boolean {
    if (this.busy === 0) return false;
    this.busy -= 1;
    this.tally.count('store: busy');
    return true;
  }
}
