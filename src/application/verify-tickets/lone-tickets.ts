import type { UnverifiedTicket } from '../ports/store.js';

/** After its second failure by itself a ticket is left alone for so long, then for ever longer. */
const FIRST_REST_MS = 30_000;
const LAST_REST_MS = 5 * 60_000;

/**
 * Tickets that could not be read though nothing else was asked for. Each is read by itself from then on, until that
 * succeeds: among others it would have to be found again each time, while they wait.
 */
export class LoneTickets {
  private readonly lone = new Map<string, Lone>();

  get size(): number {
    return this.lone.size;
  }

  has({ key }: UnverifiedTicket): boolean {
    return this.lone.has(key);
  }

  /** The first failure may have been an outage's: it is read again as soon as anything is. */
  failed({ key }: UnverifiedTicket, now: number): void {
    const failures = (this.lone.get(key)?.failures ?? 0) + 1;
    const rest = failures === 1 ? 0 : Math.min(LAST_REST_MS, FIRST_REST_MS * 2 ** Math.min(failures - 2, 10));
    this.lone.set(key, { failures, restsUntil: now + rest });
  }

  wereRead(tickets: readonly UnverifiedTicket[]): void {
    for (const { key } of tickets) this.lone.delete(key);
  }

  /** The first of them that may be read again; null: none. A clock that stepped back ends the rest. */
  dueOf(tickets: readonly UnverifiedTicket[], now: number): UnverifiedTicket | null {
    const isDue = ({ key }: UnverifiedTicket): boolean => {
      const found = this.lone.get(key);
      return found !== undefined && (found.restsUntil <= now || found.restsUntil - now > LAST_REST_MS);
    };
    return tickets.find(isDue) ?? null;
  }

  othersOf(tickets: readonly UnverifiedTicket[]): readonly UnverifiedTicket[] {
    return tickets.filter((ticket) => !this.has(ticket));
  }
}

interface Lone {
  /** How often it could not be read by itself. */
  readonly failures: number;
  /** Not before then (ms) it is read again. */
  readonly restsUntil: number;
}
