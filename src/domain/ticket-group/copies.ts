import type { GroupAnswer } from './group-answer.js';
import type { GroupSlice } from './group-slice.js';
import type { Moment } from './moment.js';
import { dropNotes } from './note-keeping.js';
import { compare, observed, type Observation } from './observing.js';
import { backOff, backOffGroup, PARKED_RETRY_MS, TRIES_BEFORE_PARKING, type Failure } from './postponing.js';
import { newTicket, standing, type SeenStatus, type Ticket, type TicketCopy } from './ticket.js';

/** People may copy a ticket as often as they like; so many are looked into. */
const MOST_COPIES = 50;

const RARE_RETRY_MS = 60 * 60_000;

interface CopyOf {
  readonly ticketKey: string;
  readonly copy: string;
}

/** Further tickets of its key are to be dealt with, each once. */
export function rememberCopies(slice: GroupSlice, ticketKey: string, references: readonly string[]): void {
  const ticket = slice.ticket(ticketKey);
  if (ticket === null) return;
  const known = new Set([ticket.reference, ...ticket.copies.map((copy) => copy.reference)]);
  const room = MOST_COPIES - ticket.copies.length;
  const found = references.filter((reference) => !known.has(reference)).slice(0, room);
  if (found.length === 0) return;
  const copies = found.map((reference) => ({
    reference,
    state: 'found' as const,
    attempts: 0,
    retryAt: 0,
  }));
  slice.putTicket({ ...ticket, copies: [...ticket.copies, ...copies] });
}

/** A copy is dealt with, for good. */
export function copySettled(
  slice: GroupSlice,
  answer: GroupAnswer & { readonly kind: 'copy-settled' },
  moment: Moment,
): void {
  const { copy, outcome, original } = answer;
  const { ticketKey } = answer.write;
  observed(slice, { ...answer.write, observation: original }, moment);
  const before = copyIn(slice.ticket(ticketKey), copy);
  if (before === null || before.state === 'folded' || before.state === 'left') return;
  putCopy(slice, { ticketKey, copy }, { state: outcome === 'left' ? 'left' : 'folded' });
  slice.patchHead({ attempts: 0, retryAt: 0 });
  if (outcome === 'left')
    slice.recordEvent('duplicate-left', moment.now, ticketKey, `${copy}: a person's, or touched by one`);
  else if (outcome === 'folded') slice.recordEvent('duplicate-folded', moment.now, ticketKey, copy);
  // Closed by us or by others: an open copy under the root may be what stood in its way.
  if (outcome !== 'left') tryRootAgain(slice);
}

/**
 * Whether a copy that stands open becomes the ticket where that is closed or gone. Then a person did it, and with two
 * tickets before them they most likely meant the other one; if not, they close that one, too. To fold it would leave an
 * alert that fires without any ticket, against that choice. A person who ended the group meant all of it.
 */
export function mayBeTakenOver(slice: GroupSlice, ticket: Ticket): boolean {
  const isClosedByUs = standing(ticket) === 'closed' && !ticket.personal;
  const isSettled = slice.episode(ticket.episodeId)?.state === 'settled';
  return slice.head.endedBy !== 'person' && !isClosedByUs && (ticket.wanted === 'open' || isSettled);
}

/** The person's decision stands: what they closed is left alone. The alert goes on in the copy. */
export function copyTakesOver(
  slice: GroupSlice,
  { write, copy, observation, original }: GroupAnswer & { readonly kind: 'copy-takes-over' },
  moment: Moment,
): void {
  const ticket = slice.ticket(write.ticketKey);
  if (ticket === null || ticket.writeNumber !== write.writeNumber || copyIn(ticket, copy) === null) return;
  const reason = `${seenIn(original, ticket)}: ${copy} is its ticket now`;
  slice.recordEvent('person-decided', moment.now, ticket.key, reason);
  const episode = slice.episode(ticket.episodeId);
  if (episode?.state === 'settled') slice.putEpisode({ ...episode, state: 'firing' });
  dropNotes(slice, ticket.key, ['settled']);
  const { wanted, wantedSince, writeNumber } = ticket;
  const copies = ticket.copies.filter(({ reference }) => reference !== copy);
  const before = { ...anew(ticket), wanted, wantedSince, writeNumber, copies };
  const taken: Ticket = { ...before, reference: copy, seen: 'open' };
  slice.putTicket(taken);
  compare(slice, taken, observation, moment);
}

/** What was written to the other one, or refused by it, says nothing of this one. */
function anew({ key, groupId, ordinal, episodeId, alertId }: Ticket): Ticket {
  return newTicket({ key, groupId, ordinal, episodeId, alertId });
}

function seenIn(observation: Observation, { key }: Ticket): SeenStatus {
  if (observation === 'missing') return 'missing';
  return observation.key === key ? observation.status : 'foreign';
}

function tryRootAgain(slice: GroupSlice): void {
  if (slice.root !== null && slice.root.refused !== null) slice.putTicket({ ...slice.root, refused: null });
}

/**
 * The copy alone waits, longer each time. One that cannot be folded is told of after some tries and then tried rarely: it
 * may keep its root from closing, and a person may make it possible any day.
 */
export function foldFailed(
  slice: GroupSlice,
  answer: CopyOf & { readonly failure: Failure },
  moment: Moment,
): void {
  const { ticketKey, copy, failure } = answer;
  const before = copyIn(slice.ticket(ticketKey), copy);
  if (before === null) return;
  const attempts = before.attempts + 1;
  if (failure.scope === 'backend') backOffGroup(slice, failure, moment);
  else if (!failure.retryable && attempts === TRIES_BEFORE_PARKING)
    slice.recordEvent('duplicate-left', moment.now, ticketKey, `${copy}: ${failure.message}`);
  const rare = attempts < TRIES_BEFORE_PARKING ? PARKED_RETRY_MS : RARE_RETRY_MS;
  const delay = failure.retryable ? backOff(attempts, failure.chance) : rare;
  putCopy(slice, answer, { attempts, retryAt: moment.now + delay });
}

function copyIn(ticket: Ticket | null, reference: string): TicketCopy | null {
  return ticket?.copies.find((copy) => copy.reference === reference) ?? null;
}

function putCopy(slice: GroupSlice, { ticketKey, copy }: CopyOf, patch: Partial<TicketCopy>): void {
  const ticket = slice.ticket(ticketKey);
  if (ticket === null) return;
  const copies = ticket.copies.map((one) => (one.reference === copy ? { ...one, ...patch } : one));
  slice.putTicket({ ...ticket, copies });
}
