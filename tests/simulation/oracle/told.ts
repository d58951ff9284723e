import type { ModelAlert } from '../alerts.js';
import type { Meaning } from './facts.js';
import { isFolded, isOpen, ours, type AtRest } from './rest.js';

/** Ends every note of ours, and none of a person. */
const OUR_LINE = /alertree note \w+/;
const isOurWord = (note: string): boolean => OUR_LINE.test(note);

/** I1: each time that it fired it had a ticket, or a root tells of it; what is over is named there. */
export function neverTold(end: AtRest, meaning: Meaning): readonly string[] {
  const { alert, knownBy, begins } = meaning;
  const { watch, touches } = end;
  if (knownBy !== 'hearing' || touches.mayHaveSettled(alert.hash, 0) || wasFoldedOnTouched(end, alert.hash))
    return [];
  const told = ticketsOf(end, alert.hash) + timesNamed(end, alert) + timesToldNext(end, alert.hash);
  const times = told + Number(isFolded(end, alert.hash));
  if (times === 0) return [`nobody was told of ${alert.name} ${alert.host}`];
  // How often it fired is told by what was heard since the store was last emptied.
  if (times >= begins.length || watch.loss.hasHappened) return [];
  return [`${alert.name} ${alert.host} fired ${begins.length} times, and ${times} were told of`];
}

function ticketsOf(end: AtRest, hash: string): number {
  return new Set(ours(end).flatMap(({ alertHash, key }) => (alertHash === hash ? [key] : []))).size;
}

/** In the lists of what ended without a ticket of its own. */
function timesNamed({ tickets }: AtRest, { name, host }: ModelAlert): number {
  const lines = tickets.flatMap(({ description, notes }) => [description, ...notes].join('\n').split('\n'));
  return lines.filter((line) => line.includes(`${name} instance:${host} (`) && line.includes(', ended '))
    .length;
}

/** What ended without a ticket is counted so far, and named in the next note of its root, which is open still. */
function timesToldNext({ shown, tickets: found }: AtRest, hash: string): number {
  const waiting = shown.flatMap(({ head, episodes, tickets }) => {
    const rootId = tickets.find(({ key }) => key === head.rootKey)?.reference;
    if (!found.some((ticket) => ticket.id === rootId && isOpen(ticket))) return [];
    return episodes.filter(
      ({ alertId, accountNo }) => alertId === hash && (accountNo ?? 0) > head.accountedNo,
    );
  });
  return waiting.length;
}

/** With a root that a person deleted its words are gone. */
function wasFoldedOnTouched({ shown, touches }: AtRest, hash: string): boolean {
  return shown.some(({ head, episodes, tickets }) => {
    const rootId = tickets.find(({ key }) => key === head.rootKey)?.reference ?? '';
    return episodes.some(({ alertId }) => alertId === hash) && touches.concerns(rootId);
  });
}

/** Whatever Alertree closes it says why; of what came too late to be of use the root has told already. */
export function closedWithoutWord(end: AtRest): readonly string[] {
  return ours(end)
    .filter((ticket) => !isOpen(ticket) && !end.touches.concerns(ticket.id) && !ticket.notes.some(isOurWord))
    .filter(({ id }) => !end.tracker.late.has(id))
    .map(({ id }) => `#${id} is closed without a word`);
}

/** I8: what is taken for sent was sent, whatever the answer was; if not by itself then with one sent later. */
export function lostNotes({ shown, tickets: found, touches, watch }: AtRest): readonly string[] {
  const there = new Set(found.flatMap(({ notes }) => notes.flatMap((note) => OUR_LINE.exec(note) ?? [])));
  return shown.flatMap(({ notes, tickets }) => {
    const done = new Set(
      notes.filter(({ state }) => state === 'sent').map(({ id }) => `alertree note ${id}`),
    );
    return tickets.flatMap(({ reference }) => {
      if (reference === null || touches.concerns(reference)) return [];
      const sent = watch.notesSentTo(reference);
      const last = sent.findLastIndex((line) => there.has(line));
      const lost = sent.filter((line, index) => index > last && done.has(line));
      return [...new Set(lost)].map((line) => `${line} is taken for sent and is not there`);
    });
  });
}
