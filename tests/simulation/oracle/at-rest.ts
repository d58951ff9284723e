import type { GroupDetails } from '../../../src/application/ports/ticket-group-queries.js';
import type { RouteSettings } from '../../../src/domain/route/route-settings.js';
import type { Tracker, TrackerTicket } from '../trackers/tracker.js';
import { shownWrongly } from './shown.js';
import type { Facts, Meaning } from './facts.js';
import type { Touches } from './touches.js';
import type { Watch } from './watch.js';

/** All that can be known from outside of a history that has come to rest. */
export interface AtRest {
  readonly facts: Facts;
  readonly tickets: readonly TrackerTicket[];
  readonly tracker: Tracker;
  readonly touches: Touches;
  readonly watch: Watch;
  readonly route: RouteSettings;
  /** What the API shows. */
  readonly shown: readonly GroupDetails[];
}

/** Everything that is wrong with the tickets, held against what was heard and what people did; empty: nothing. */
export function violationsAtRest(end: AtRest): readonly string[] {
  const meanings = [...end.facts.meanings.values()];
  return [
    ...twiceTheSameKey(end),
    ...openUnderClosed(end),
    ...notesTwice(end),
    ...meanings.flatMap((meaning) => [
      ...wrongWhileFiring(end, meaning),
      ...tooManyTickets(end, meaning),
      ...neverTold(end, meaning),
    ]),
    ...leftOpen(end),
    ...closedWithoutWord(end),
    ...undonePeople(end),
    ...shownWrongly(end),
  ];
}

const isOpen = (ticket: TrackerTicket): boolean => ticket.status !== 'closed';

/** Our tickets: what people copied carries a key line, too. */
function ours({ tickets, tracker }: AtRest): readonly TrackerTicket[] {
  return tickets.filter((ticket) => ticket.key !== null && !tracker.opened.has(ticket.id));
}

function repeated(items: readonly string[]): readonly string[] {
  return items.filter((item, index) => items.indexOf(item) !== index);
}

/** I2. */
function twiceTheSameKey(end: AtRest): readonly string[] {
  // What a person touched is theirs: it is reported, not folded.
  const untouched = ours(end)
    .filter(({ id }) => !end.touches.concerns(id) && !end.touches.wasTouched(id))
    .filter((ticket) => !end.watch.loss.hasForgotten(ticket));
  return repeated(untouched.flatMap(({ key }) => key ?? []))
    .filter((key) => !end.watch.loss.excusesTwo(key))
    .map((key) => `two tickets carry the key ${key}`);
}

/** I7. */
function openUnderClosed({ tickets, watch }: AtRest): readonly string[] {
  const closed = new Set(tickets.filter((ticket) => !isOpen(ticket)).map(({ id }) => id));
  return tickets
    .filter((ticket) => isOpen(ticket) && ticket.parentId !== null && closed.has(ticket.parentId))
    .filter((ticket) => !watch.loss.hasForgotten(ticket))
    .map(({ id, parentId }) => `#${id} is open under the closed #${parentId}`);
}

/** Every note at most once. */
function notesTwice({ tickets }: AtRest): readonly string[] {
  const lines = tickets.flatMap(({ notes }) =>
    notes.flatMap((note) => note.match(/alertree note \w+/g) ?? []),
  );
  return repeated(lines).map((line) => `${line} appears twice`);
}

/** I1 and I2: what fires has exactly one open ticket, or is folded under an open root, or a person decided. */
function wrongWhileFiring(end: AtRest, meaning: Meaning): readonly string[] {
  const { alert, fires, since, isUncertain } = meaning;
  if (!fires) return [];
  const { touches, watch, route } = end;
  const open = ours(end).filter((ticket) => isOpen(ticket) && ticket.alertHash === alert.hash);
  const own = open.filter((ticket) => !touches.concerns(ticket.id) && !watch.loss.hasForgotten(ticket));
  const what = `${alert.name} ${alert.host}`;
  // Under `auto_close: note` what is over stays open until a person closes it; so does a root for others' sake.
  const isSingle =
    own.filter((ticket) => !isRootForOthers(end, ticket) && !isRootOfFolded(end, ticket)).length <= 1 ||
    route.autoClose === 'note';
  if (!isSingle)
    return [`${what} has ${own.length} open tickets: ${own.map(({ id }) => `#${id}`).join(' ')}`];
  if (
    open.length > 0 ||
    isUncertain ||
    touches.mayHaveSettled(alert.hash, since) ||
    isFolded(end, alert.hash) ||
    isUnknown(end, meaning)
  )
    return [];
  return [`${what} fires and has no open ticket`];
}

/** The store was emptied, and the alert was not heard since: where a ticket stood open it may have been a root. */
function isUnknown(end: AtRest, { alert, knownBy }: Meaning): boolean {
  if (end.watch.loss.hasCopyOf(alert.hash)) return true;
  if (knownBy !== 'ticket') return knownBy === 'nothing';
  const tickets = ours(end).filter(({ alertHash }) => alertHash === alert.hash);
  return tickets.some((ticket) => end.watch.loss.lets(ticket));
}

function isRootForOthers({ tickets }: AtRest, { id }: TrackerTicket): boolean {
  return tickets.some((ticket) => ticket.parentId === id && isOpen(ticket));
}

/** Counted on an open root of a group that is full. */
function isFolded(end: AtRest, hash: string): boolean {
  return end.shown.some(({ head, episodes, tickets: ofGroup }) => {
    const member = episodes.find(({ alertId, state }) => alertId === hash && state !== 'ended');
    const rootId = ofGroup.find(({ key }) => key === head.rootKey)?.reference;
    if (member?.folded !== true || typeof rootId !== 'string') return false;
    // What people did to the root is noticed with the next write to it.
    if (end.touches.concerns(rootId)) return true;
    const root = end.tickets.find(({ id }) => id === rootId);
    const children = end.tickets.filter(({ parentId }) => parentId === rootId).length;
    // Who was over before its ticket was wanted had a place when the others came.
    const gaveBack = episodes.filter(({ accountNo, folded }) => accountNo !== null && !folded).length;
    return root !== undefined && isOpen(root) && children + gaveBack >= end.route.maxChildren;
  });
}

/**
 * I2: an episode has one ticket, however often its create was tried. One that comes after it was given up for lost can
 * find its episode over and told of by another root; it is closed then.
 */
function tooManyTickets(end: AtRest, { alert, mostEpisodes }: Meaning): readonly string[] {
  const isSpare = (ticket: TrackerTicket): boolean =>
    (end.tracker.late.has(ticket.id) && !isOpen(ticket)) || end.watch.loss.hasForgotten(ticket);
  const tickets = ours(end).filter((ticket) => ticket.alertHash === alert.hash && !isSpare(ticket));
  if (tickets.length <= mostEpisodes) return [];
  return [`${alert.name} ${alert.host} has ${tickets.length} tickets of at most ${mostEpisodes} episodes`];
}

/** I1: what fired has a ticket, or a root tells of it. */
function neverTold(end: AtRest, { alert, knownBy }: Meaning): readonly string[] {
  const { tickets, watch, touches } = end;
  if (knownBy !== 'hearing') return [];
  if (watch.wasEverCreated(alert.hash) || touches.mayHaveSettled(alert.hash, 0)) return [];
  const told = `instance:${alert.host}`;
  const isTold = tickets.some(({ description, notes }) =>
    [description, ...notes].some((text) => text.includes(told) || text.includes(alert.host)),
  );
  return isTold ||
    isFolded(end, alert.hash) ||
    isToldNext(end, alert.hash) ||
    wasFoldedOnTouched(end, alert.hash)
    ? []
    : [`nobody was told of ${alert.name} ${alert.host}`];
}

/** What ended without a ticket is counted so far, and named in the next note of its root, which is open still. */
function isToldNext(end: AtRest, hash: string): boolean {
  return end.shown.some(({ head, episodes, tickets }) => {
    const rootId = tickets.find(({ key }) => key === head.rootKey)?.reference;
    const waits = episodes.some(
      ({ alertId, accountNo }) => alertId === hash && (accountNo ?? 0) > head.accountedNo,
    );
    return waits && end.tickets.some((ticket) => ticket.id === rootId && isOpen(ticket));
  });
}

/** With a root that a person deleted its words are gone. */
function wasFoldedOnTouched({ shown, touches }: AtRest, hash: string): boolean {
  return shown.some(({ head, episodes, tickets }) => {
    const rootId = tickets.find(({ key }) => key === head.rootKey)?.reference ?? '';
    return episodes.some(({ alertId }) => alertId === hash) && touches.concerns(rootId);
  });
}

/** I4 and I7: what stands open fires, or is the root of something that does, or people keep it open. */
function leftOpen(end: AtRest): readonly string[] {
  const { facts, touches, watch, route } = end;
  return ours(end)
    .filter((ticket) => isOpen(ticket) && !touches.concerns(ticket.id) && route.autoClose === 'close')
    .filter((ticket) => !watch.loss.hasForgotten(ticket) && !isTouchedCopy(end, ticket))
    .filter(({ alertHash }) => {
      const meaning = facts.ofHash(alertHash);
      return meaning === null || (!meaning.fires && !meaning.isUncertain && meaning.knownBy !== 'ticket');
    })
    .filter((ticket) => !isRootForOthers(end, ticket) && !isRootOfFolded(end, ticket))
    .map(({ id }) => `#${id} is open and nothing fires`);
}

/** Made twice by one create, and no longer folded because a person wrote on it: it is reported. */
function isTouchedCopy(end: AtRest, { id, key }: TrackerTicket): boolean {
  return end.touches.wasTouched(id) && ours(end).some((other) => other.key === key && other.id !== id);
}

function isRootOfFolded({ shown, facts }: AtRest, { id }: TrackerTicket): boolean {
  const may = (alertId: string): boolean => {
    const meaning = facts.ofHash(alertId);
    return meaning?.fires === true || meaning?.isUncertain === true;
  };
  return shown.some(({ head, episodes, tickets }) => {
    const isRoot = tickets.some(({ key, reference }) => key === head.rootKey && reference === id);
    return isRoot && episodes.some(({ folded, alertId }) => folded && may(alertId));
  });
}

/** Whatever Alertree closes it says why; of what came too late to be of use the root has told already. */
function closedWithoutWord(end: AtRest): readonly string[] {
  return ours(end)
    .filter((ticket) => !isOpen(ticket) && !end.touches.concerns(ticket.id) && ticket.notes.length === 0)
    .filter(({ id }) => !end.tracker.late.has(id))
    .map(({ id }) => `#${id} is closed without a word`);
}

/** I9. */
function undonePeople({ tickets, touches }: AtRest): readonly string[] {
  return [...touches.wishes].flatMap(([id, wish]) => {
    const ticket = tickets.find((one) => one.id === id);
    if (ticket === undefined || isOpen(ticket) === (wish === 'open')) return [];
    return [`#${id} was ${wish === 'open' ? 'opened' : 'closed'} by a person and is ${ticket.status}`];
  });
}
