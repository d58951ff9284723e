import type { GroupDetails } from '../../../src/application/ports/ticket-group-queries.js';
import type { Tally } from '../tally.js';

/** States worth reaching: a simulation that never comes there proves nothing about them. */
export function countStates(shown: readonly GroupDetails[], tally: Tally): void {
  for (const { head, episodes, tickets, notes, events } of shown) {
    for (const { kind } of events) tally.count(`state: ${kind}`);
    for (const { fact } of notes) tally.count(`state: note ${fact.kind}`);
    for (const { folded, state, doubtful, accountNo } of episodes) {
      if (folded) tally.count('state: folded');
      if (doubtful) tally.count('state: doubtful');
      if (accountNo !== null) tally.count('state: over before its ticket');
      if (state === 'settled') tally.count('state: settled');
    }
    if (tickets.some(({ ordinal }) => ordinal === 0)) tally.count('state: root that only tells');
    if (head.endedBy !== null) tally.count(`state: group ended by ${head.endedBy}`);
  }
}
