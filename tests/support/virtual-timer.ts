import type { Timer } from '../../src/infrastructure/tickets/redmine/request-pace.js';

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** A timer that moves only when it is told to. */
export class VirtualTimer implements Timer {
  private time = 0;
  private sleepers: readonly Sleeper[] = [];

  now(): number {
    return this.time;
  }

  wait(milliseconds: number): Promise<void> {
    return new Promise((wake) => {
      this.sleepers = [...this.sleepers, { at: this.time + milliseconds, wake }];
    });
  }

  async pass(milliseconds: number): Promise<void> {
    this.time += milliseconds;
    await this.run();
  }

  /** Wakes all who wait, in order, each at its time. */
  async run(): Promise<void> {
    await afterAllPromises();
    while (this.sleepers.length > 0) {
      const [first, ...others] = this.sleepers.toSorted((one, other) => one.at - other.at);
      this.sleepers = others;
      this.time = Math.max(this.time, first?.at ?? 0);
      first?.wake();
      await afterAllPromises();
    }
  }
}

/** When everything that waits for nothing but promises has run. */
function afterAllPromises(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
