import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TicketBackendError } from '../../../application/ports/ticket-backend-error.js';
import { leftAlone, notYourTurn } from './redmine-failure.js';

/** Runs evenly whatever happens to the time of day. */
export interface Timer {
  /** In milliseconds, since any moment. */
  now(): number;
  wait(milliseconds: number): Promise<unknown>;
}

const TIMER: Timer = { now: () => performance.now(), wait: (milliseconds) => sleep(milliseconds) };

/** After a 429, whose limit nobody told us, requests are at least so far apart, for so long. */
const SLOW_INTERVAL_MS = 1_000;
const SLOW_FOR_MS = 10 * 60_000;

const LONG_AGO = Number.NEGATIVE_INFINITY;

/**
 * When requests may be sent: one after the other, evenly, never more in a second than allowed, not even after a pause;
 * slower for a while when the server says that they are too many, and none while it asks to be left alone.
 */
export class RequestPace {
  private nextAt = LONG_AGO;
  private slowUntil = LONG_AGO;
  private rest: { readonly until: number; readonly asked: TicketBackendError } | null = null;
  private readonly intervalMs: number;

  /** `perSecond`: null for no limit. */
  constructor(
    perSecond: number | null,
    readonly timer: Timer = TIMER,
  ) {
    this.intervalMs = perSecond === null ? 0 : 1_000 / perSecond;
  }

  /**
   * Resolves when a request may be sent. Throws where it must not be: while the server is left alone, and at once, taking
   * no turn, when its turn would be after the deadline.
   */
  async turn(deadline: number): Promise<void> {
    this.assertMaySend();
    const now = this.timer.now();
    const at = Math.max(now, this.nextAt);
    if (at > deadline) throw notYourTurn();
    const intervalMs = at < this.slowUntil ? Math.max(this.intervalMs, SLOW_INTERVAL_MS) : this.intervalMs;
    this.nextAt = at + intervalMs;
    if (at === now) return;
    await this.timer.wait(at - now);
    this.assertMaySend();
  }

  /** Does as the server asks with an answer. */
  heed(failure: TicketBackendError): void {
    const now = this.timer.now();
    if (failure.reason === 'rate-limited') {
      this.slowUntil = now + SLOW_FOR_MS;
      this.nextAt = Math.max(this.nextAt, now + SLOW_INTERVAL_MS);
    }
    const until = now + (failure.retryAfterMs ?? 0);
    if (until > Math.max(now, this.rest?.until ?? LONG_AGO)) this.rest = { until, asked: failure };
  }

  private assertMaySend(): void {
    if (this.rest === null) return;
    const { until, asked } = this.rest;
    const left = until - this.timer.now();
    if (left > 0) throw leftAlone(asked.reason, asked.message, Math.ceil(left));
  }
}
