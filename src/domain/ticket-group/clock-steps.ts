import type { Ticket, TicketCopy, WriteIntent } from './ticket.js';

/**
 * The clock was set back to `now`: times that were recorded before that lie too far ahead, nobody knows by how much. What
 * waited is tried at once; only an unanswered write has its whole wait before it once more, as asking for it too early
 * could make a duplicate. Applying it twice is harmless.
 */
export function afterStepBack(ticket: Ticket, now: number): Ticket {
  const { intent, retryAt, workAt, copies } = ticket;
  return {
    ...ticket,
    intent: intent === null ? null : intentAfter(intent, now),
    retryAt: retryAt > now ? 0 : retryAt,
    copies: copies.map((copy): TicketCopy => (copy.retryAt > now ? { ...copy, retryAt: 0 } : copy)),
    workAt: workAt !== null && workAt > now ? 0 : workAt,
  };
}

function intentAfter(intent: WriteIntent, now: number): WriteIntent {
  const { at, askAt } = intent;
  return at <= now ? intent : { ...intent, at: now, askAt: askAt === null ? null : now + (askAt - at) };
}
