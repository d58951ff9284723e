import type { GroupDetails } from '../../../src/application/ports/ticket-group-queries.js';
import { ALERTS } from '../alerts.js';
import type { TrackerTicket } from '../trackers/tracker.js';
import { isOpen, ours, type AtRest } from './rest.js';

/** The trees that nobody but us had a hand in, as people find them. */
export function wrongTrees(end: AtRest): readonly string[] {
  const trees = ours(end).filter((ticket) => ticket.parentId === null && isOurWork(end, ticket));
  return [
    ...trees.flatMap((top) => wrongChildren(end, top)),
    ...rivals(end, trees.filter(isOpen)),
    ...twoAccepting(end.shown),
  ];
}

/** What came late or came unseen by an emptied store has the place that it found. */
function isOurWork({ touches, tracker, watch }: AtRest, ticket: TrackerTicket): boolean {
  return !touches.concerns(ticket.id) && !tracker.late.has(ticket.id) && !watch.loss.hasForgotten(ticket);
}

/** The name of its alert; of a common root, that of its children. */
function nameOf({ tickets }: AtRest, { id, alertHash }: TrackerTicket): string | null {
  const child = tickets.find(({ parentId }) => parentId === id);
  const hash = alertHash === '-' ? child?.alertHash : alertHash;
  return ALERTS.find((alert) => alert.hash === hash)?.name ?? null;
}

function wrongChildren(end: AtRest, top: TrackerTicket): readonly string[] {
  const children = ours(end).filter((ticket) => ticket.parentId === top.id && isOurWork(end, ticket));
  const strangers = children.filter((child) => nameOf(end, child) !== nameOf(end, top));
  const isTooMany = children.length > end.route.maxChildren && !end.watch.loss.isOlder(top);
  return [
    ...strangers.map(({ id }) => `#${id} is under #${top.id}, the root of another group`),
    ...(isTooMany ? [`#${top.id} has ${children.length} children of ${end.route.maxChildren}`] : []),
  ];
}

/** I2: what is new goes under one root. A root beside it is of a group that has ended. */
function rivals(end: AtRest, trees: readonly TrackerTicket[]): readonly string[] {
  const ended = new Set(end.shown.filter(({ head }) => !head.accepting).map(rootOf));
  const taking = trees.filter(({ id }) => !ended.has(id));
  return taking.flatMap((one, index) => {
    const name = nameOf(end, one);
    const other = taking.slice(0, index).find((before) => name !== null && nameOf(end, before) === name);
    return other === undefined ? [] : [`#${one.id} and #${other.id} are both open roots of ${name}`];
  });
}

function rootOf({ head, tickets }: GroupDetails): string | null {
  return tickets.find(({ key }) => key === head.rootKey)?.reference ?? null;
}

/** I2. */
function twoAccepting(shown: readonly GroupDetails[]): readonly string[] {
  const keys = shown.filter(({ head }) => head.accepting).map(({ head }) => head.groupKey);
  return keys.flatMap((key, index) =>
    keys.indexOf(key) === index ? [] : [`two groups of ${key} take members`],
  );
}
