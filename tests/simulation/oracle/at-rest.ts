import type { TrackerTicket } from '../trackers/tracker.js';
import type { Meaning } from './facts.js';
import { isFolded, isOpen, ours, type AtRest } from './rest.js';
import { shownWrongly } from './shown.js';
import { closedWithoutWord, lostNotes, neverTold } from './told.js';
import { wrongTrees } from './trees.js';

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
    ...lostNotes(end),
    ...undonePeople(end),
    ...wrongTrees(end),
    ...shownWrongly(end),
  ];
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

/** I9. */
function undonePeople({ tickets, touches }: AtRest): readonly string[] {
  return [...touches.wishes].flatMap(([id, wish]) => {
    const ticket = tickets.find((one) => one.id === id);
    if (ticket === undefined || isOpen(ticket) === (wish === 'open')) return [];
    return [`#${id} was ${wish === 'open' ? 'opened' : 'closed'} by a person and is ${ticket.status}`];
  });
}
