import type { Reach, TicketBackend, TicketSnapshot } from '../../../src/application/ports/ticket-backend.js';

/** More pages than any test fills: who is not done by then goes round in circles. */
const MOST_PAGES = 50;

export function idsOf(tickets: readonly TicketSnapshot[]): readonly string[] {
  return tickets.map((ticket) => ticket.id).toSorted();
}

interface Paging {
  /** At home unless said otherwise: everywhere are the tickets of other test files too. */
  readonly reach?: Reach;
  /** Done after each page but the last. */
  readonly between?: (page: readonly TicketSnapshot[]) => Promise<void>;
}

/** Every ticket that `findOurs` pages through. */
export async function allOurs(
  backend: TicketBackend,
  { reach = 'home', between = async () => {} }: Paging = {},
): Promise<readonly TicketSnapshot[]> {
  const found: TicketSnapshot[] = [];
  let cursor: string | null = null;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page = await backend.findOurs(cursor, reach);
    found.push(...page.tickets);
    cursor = page.next;
    if (cursor === null) return found;
    await between(page.tickets);
  }
  throw new Error('findOurs does not come to its end');
}

/** What changed since the cursor, without what a coarse clock brings twice, and where to go on. */
export async function changes(
  backend: TicketBackend,
  since: string,
): Promise<{ readonly tickets: readonly TicketSnapshot[]; readonly next: string }> {
  const found = new Map<string, TicketSnapshot>();
  let cursor = since;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page = await backend.changedSince(cursor);
    cursor = page.next;
    if (page.tickets.every((ticket) => found.get(ticket.id)?.changedAt === ticket.changedAt)) {
      return { tickets: [...found.values()], next: cursor };
    }
    for (const ticket of page.tickets) found.set(ticket.id, ticket);
  }
  throw new Error('changedSince does not come to its end');
}

/** From where `changedSince` shows what changes from now on. */
export async function beginning(backend: TicketBackend): Promise<string> {
  const { next } = await backend.changedSince(null);
  return next;
}
