import type { GroupDetails } from '../../../src/application/ports/ticket-group-queries.js';
import type { AtRest } from './rest.js';

/** What the API shows must be what is in the tracker, and nothing may be stuck when nothing is wrong any more. */
export function shownWrongly(end: AtRest): readonly string[] {
  return end.shown.flatMap((group) => [...wrongTickets(end, group), ...wrongCounts(group)]);
}

function wrongTickets({ tickets, touches, watch }: AtRest, group: GroupDetails): readonly string[] {
  const isTouched = group.tickets.some(
    ({ reference }) => reference !== null && touches.mayHaveEnded(reference),
  );
  if (isTouched) return [];
  return group.tickets.flatMap(({ key, reference, seen, parked, refused, intent }) => {
    const found = tickets.find(({ id }) => id === reference);
    const what = reference === null ? `the ticket ${key}` : `#${reference}`;
    const isAsSeen =
      (found?.status === 'closed') === (seen === 'closed') && (reference === null || found !== undefined);
    // Nobody looks at what is done with: that a person opened it again shows when somebody does.
    const isReopened = reference !== null && touches.lastStatusAt(reference) > 0;
    // A child that came unseen by an emptied store keeps its root open, and is named as what does.
    const isHeld = tickets.some(
      (one) => one.parentId === reference && one.status !== 'closed' && watch.loss.hasForgotten(one),
    );
    // So does a subtask that people added, or put there, and what they opened again below it.
    const isTheirs = group.tickets.some((one) => one.reference !== null && touches.concerns(one.reference));
    const isStuck = (parked !== null || refused !== null) && !isHeld && !isTheirs;
    return [
      ...(isAsSeen || isReopened ? [] : [`${what} is shown as ${seen} and is ${found?.status ?? 'missing'}`]),
      ...(isStuck ? [`${what} is stuck, and nothing is wrong any more`] : []),
      ...(intent === null ? [] : [`nobody has asked what came of the last write to ${what}`]),
    ];
  });
}

function wrongCounts({ head, episodes }: GroupDetails): readonly string[] {
  const firing = episodes.filter(({ state }) => state === 'firing' || state === 'held').length;
  return firing === head.firing ? [] : [`a group of ${firing} that fire counts ${head.firing}`];
}
