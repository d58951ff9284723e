import type { GroupSlice } from './group-slice.js';
import type { Moment } from './moment.js';

/**
 * What stands in the way of a refused write. Where nothing does, what did may be gone by now: it is tried once more at
 * once, and later whenever it is asked again. Then another answer than before is reason enough, too.
 */
export function explained(
  slice: GroupSlice,
  ticketKey: string,
  causes: readonly string[],
  moment: Moment,
): void {
  const ticket = slice.ticket(ticketKey);
  if (ticket === null || ticket.refused === null) return;
  const { causes: before, secondTry } = ticket.refused;
  const asked = { ...ticket.refused, causes, askedAt: moment.now };
  if (before === null) {
    const isDue = causes.length === 0 && secondTry === undefined;
    slice.putTicket({ ...ticket, refused: isDue ? { ...asked, secondTry: 'due' } : asked });
    return;
  }
  const isWorthTrying = causes.length === 0 || before.join('\n') !== causes.join('\n');
  slice.putTicket({ ...ticket, refused: isWorthTrying ? null : asked });
}
