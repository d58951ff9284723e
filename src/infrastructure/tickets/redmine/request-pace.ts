import { setTimeout as sleep } from 'node:timers/promises';
import { performance } from 'node:perf_hooks';
import { notYourTurn } from './redmine-failure.js';

/** Runs evenly whatever happens to the time of day. */
export interface Timer {
  /** In milliseconds, since any moment. */
  now(): number;
  wait(milliseconds: number): Promise<unknown>;
}

const TIMER: Timer = { now: () => performance.now(), wait: (milliseconds) => sleep(milliseconds) };

/** Requests that are sent one after the other, evenly: never more in a second than allowed, not even after a pause. */
export class RequestPace {
  private nextAt = Number.NEGATIVE_INFINITY;
  private readonly intervalMs: number;

  /** `perSecond`: null for no limit. */
  constructor(
    perSecond: number | null,
    readonly timer: Timer = TIMER,
  ) {
    this.intervalMs = perSecond === null ? 0 : 1_000 / perSecond;
  }

  /** Resolves when a request may be sent. Throws at once, and takes no turn, when that is not before the deadline. */
  async turn(deadline: number): Promise<void> {
    const now = this.timer.now();
    const at = Math.max(now, this.nextAt);
    if (at > deadline) throw notYourTurn();
    this.nextAt = at + this.intervalMs;
    if (at > now) await this.timer.wait(at - now);
  }
}
