import type { Doorbell } from '../../application/ports/doorbell.js';

/** Longer waits would overflow the timer, which then fires at once. */
const LONGEST_MS = 2 ** 31 - 1;

export class InProcessDoorbell implements Doorbell {
  private count = 0;
  private readonly waiting = new Set<() => void>();

  get rings(): number {
    return this.count;
  }

  ring(): void {
    this.count += 1;
    const woken = [...this.waiting];
    this.waiting.clear();
    for (const wake of woken) wake();
  }

  wait(milliseconds: number, since: number): Promise<void> {
    if (this.count !== since) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, Math.min(Math.max(0, milliseconds), LONGEST_MS));
      this.waiting.add(wake);
    });
  }
}
