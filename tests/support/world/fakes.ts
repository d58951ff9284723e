import { createHash } from 'node:crypto';
import type { Clock } from '../../../src/application/ports/clock.js';
import type { Doorbell } from '../../../src/application/ports/doorbell.js';
import type { Identifiers } from '../../../src/application/ports/identifiers.js';

/** A clock that moves only when it is told to, backwards too. */
export class VirtualClock implements Clock {
  constructor(private millis: number) {}

  now(): number {
    return this.millis;
  }

  advance(milliseconds: number): void {
    this.millis += milliseconds;
  }
}

/** Ids that count up, so that a history can be repeated. */
export class CountingIdentifiers implements Identifiers {
  private last = 0;

  next(): string {
    this.last += 1;
    return this.last.toString(16).padStart(32, '0');
  }

  chance(): number {
    return 0.5;
  }

  readonly hash = (text: string): string => createHash('sha256').update(text).digest('hex');
}

/** Nobody waits in the tests' world. */
export class SilentDoorbell implements Doorbell {
  rings = 0;

  ring(): void {
    this.rings += 1;
  }

  wait(): Promise<void> {
    return Promise.resolve();
  }
}
