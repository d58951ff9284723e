import { setImmediate } from 'node:timers/promises';
import { BEGINNING } from '../support/builders/alerts.js';

/** A history has some thousands. What takes more is tried again and again without end. */
const MOST_TURNS = 200_000;

interface Event {
  readonly at: number;
  readonly no: number;
  readonly work: () => Promise<void> | void;
}

/**
 * The one course of time of a history: what happens at which millisecond, in order. Who waits within an event lets
 * other events happen meanwhile, so calls overlap as they do in the world, and always in the same way.
 */
export class Timeline {
  private readonly events: Event[] = [];
  private millis = BEGINNING;
  private lastNo = 0;
  private turns = 0;
  private readonly failures: unknown[] = [];

  get now(): number {
    return this.millis;
  }

  /** When something happens next; null: nothing is to come. */
  get next(): number | null {
    return this.events[0]?.at ?? null;
  }

  /** Of two events at one time the one that was planned first comes first. */
  in(milliseconds: number, work: Event['work']): void {
    const event = { at: this.millis + Math.max(0, Math.round(milliseconds)), no: (this.lastNo += 1), work };
    let place = this.events.length;
    while (place > 0 && (this.events[place - 1]?.at ?? 0) > event.at) place -= 1;
    this.events.splice(place, 0, event);
  }

  /** For whatever happens on it: goes on after so many milliseconds. */
  wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.in(milliseconds, resolve);
    });
  }

  /** Everything that happens within so many milliseconds happens. Rejects where a history comes to no end. */
  async run(milliseconds: number): Promise<void> {
    const until = this.millis + milliseconds;
    for (;;) {
      this.turns += 1;
      if (this.turns > MOST_TURNS) throw new Error(`It has not ended after ${MOST_TURNS} turns.`);
      const [event] = this.events;
      if (event === undefined || event.at > until) break;
      this.events.shift();
      this.millis = Math.max(this.millis, event.at);
      await this.happen(event);
    }
    this.millis = Math.max(this.millis, until);
  }

  /** Until all that it set going waits: for a time to come, or for something else that does. */
  private async happen({ work }: Event): Promise<void> {
    void Promise.resolve()
      .then(work)
      .catch((error: unknown) => {
        this.failures.push(error);
      });
    await setImmediate();
    if (this.failures.length > 0) throw this.failures[0];
  }
}
