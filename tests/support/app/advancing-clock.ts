import type { Clock } from '../../../src/application/ports/clock.js';

/** The system's clock, so that timers and times agree, put forward by as much as a test wants. */
export class AdvancingClock implements Clock {
  private ahead = 0;

  now(): number {
    return Date.now() + this.ahead;
  }

  advance(milliseconds: number): void {
    this.ahead += milliseconds;
  }
}
