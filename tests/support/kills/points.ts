import { readFileSync, writeFileSync } from 'node:fs';
import type { PointMode } from './point-names.js';

/** What is to happen, at the next passing of which point. */
export interface PointOrder {
  readonly point: string;
  readonly mode: PointMode;
}

/** Orders that a test gives to the process that it watches: in a file, since the process may be just starting. */
export class PointOrders {
  constructor(readonly path: string) {}

  /** Orders are obeyed one after the other. */
  give(...orders: readonly PointOrder[]): void {
    writeFileSync(this.path, JSON.stringify(orders));
  }

  get left(): readonly PointOrder[] {
    try {
      return JSON.parse(readFileSync(this.path, 'utf8')) as readonly PointOrder[];
    } catch {
      return []; // no order was ever given
    }
  }

  /** The order for this point, if it is the next one; it is crossed out before it is obeyed. */
  takeFor(point: string): PointMode | null {
    const [next, ...others] = this.left;
    if (next?.point !== point) return null;
    this.give(...others);
    return next.mode;
  }
}

const FOREVER_MS = 2 ** 31 - 1;

/** The points that this process passes: each kills, throws or hangs where it is ordered to. */
export class Points {
  constructor(private readonly orders: PointOrders) {}

  async pass(
    point: string,
    failure: (message: string) => Error = (message) => new Error(message),
  ): Promise<void> {
    switch (this.orders.takeFor(point)) {
      case null:
        return;
      case 'kill':
        process.kill(process.pid, 'SIGKILL');
        return hang();
      case 'throw':
        throw failure(`thrown at the point "${point}"`);
      case 'hang':
        return hang();
    }
  }
}

/** For ever, and the process does not end for having nothing else to do. */
function hang(): Promise<never> {
  return new Promise(() => setInterval(() => undefined, FOREVER_MS));
}
