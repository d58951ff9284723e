import type { GiveWay } from '../ports/give-way.js';

/** About a tenth of a second under load; a storm without end slows delivery down, and does not stop it. */
const MOST_TURNS = 25;

/**
 * How delivery gives way: for a turn, and for some more while notifications are being taken in. Their senders wait, and
 * give up after a while; a ticket may come a moment later.
 */
export function notificationsFirst(intake: () => { readonly isBusy: boolean }, giveWay: GiveWay): GiveWay {
  return async () => {
    for (let turn = 0; turn === 0 || (turn < MOST_TURNS && intake().isBusy); turn += 1) await giveWay();
  };
}
