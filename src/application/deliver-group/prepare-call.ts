import type { Episode } from '../../domain/ticket-group/episode.js';
import type { GroupAction, OpenTicket, UpdateTicket } from '../../domain/ticket-group/group-action.js';
import type { Moment } from '../../domain/ticket-group/moment.js';
import { isReady, looksAtOnce } from '../../domain/ticket-group/planning.js';
import type { TicketGroup } from '../../domain/ticket-group/ticket-group.js';
import { isOurs, type Ticket } from '../../domain/ticket-group/ticket.js';
import type { TicketChange, TicketDraft } from '../ports/ticket-backend.js';
import type { TicketGroupRepository } from '../ports/store.js';
import { alertTitle, groupTitle, subject, type TextSettings } from '../ticket-text/alert-title.js';
import { describe } from '../ticket-text/description.js';
import { priorityOf } from '../ticket-text/priority.js';
import { noteText } from '../ticket-text/note-text.js';
import type { BackendCall, TicketToRead } from './backend-call.js';
import { firingFolded, unaccounted } from './told-members.js';

export interface Preparation {
  readonly groups: TicketGroupRepository;
  readonly settings: TextSettings;
  readonly moment: Moment;
  /** Tickets whose key line this process has compared: nothing is written to any other. */
  readonly met: ReadonlySet<string>;
}

/** Records the intent of an action that writes, and gathers all that the call needs. */
export async function prepareCall(
  group: TicketGroup,
  action: GroupAction,
  given: Preparation,
): Promise<BackendCall> {
  switch (action.kind) {
    case 'open':
      return prepareOpen(group, action, given);
    case 'update':
      return given.met.has(action.ticketKey)
        ? prepareUpdate(group, action, given)
        : meet(group, action.ticketKey, given);
    case 'look':
      return { kind: 'look', tickets: action.ticketKeys.map((key) => toRead(ticketOf(group, key))) };
    case 'find':
      return { kind: 'find', write: writeOf(ticketOf(group, action.ticketKey)) };
    case 'fold':
      return prepareFold(group, action);
    case 'check':
      return prepareCheck(ticketOf(group, action.ticketKey));
    case 'explain':
      return prepareExplain(ticketOf(group, action.ticketKey));
  }
}

function prepareFold(group: TicketGroup, action: GroupAction & { readonly kind: 'fold' }): BackendCall {
  const ticket = ticketOf(group, action.ticketKey);
  const { kind, copy, mayTakeOver } = action;
  return { kind, write: writeOf(ticket), reference: referenceOf(ticket), copy, mayTakeOver };
}

function prepareCheck(ticket: Ticket): BackendCall {
  const noteId = ticket.intent?.noteIds[0] ?? null;
  return { kind: 'check', write: writeOf(ticket), reference: referenceOf(ticket), noteId };
}

function prepareExplain(ticket: Ticket): BackendCall {
  const status = ticket.refused?.status ?? 'closed';
  return { kind: 'explain', ticketKey: ticket.key, reference: referenceOf(ticket), status };
}

/** The first write to a ticket in a process's life waits until its key is compared, in batches. */
function meet(group: TicketGroup, firstKey: string, given: Preparation): BackendCall {
  const others = group.tickets.filter((ticket) => isOurs(ticket) && isReady(ticket, given.moment.now));
  const unmet = others.filter((ticket) => ticket.key !== firstKey && !given.met.has(ticket.key));
  const tickets = [ticketOf(group, firstKey), ...unmet].slice(0, looksAtOnce(group.head)).map(toRead);
  return { kind: 'look', tickets };
}

async function prepareOpen(group: TicketGroup, action: OpenTicket, given: Preparation): Promise<BackendCall> {
  const ticket = ticketOf(group, action.ticketKey);
  const root = action.rootKey === null ? null : ticketOf(group, action.rootKey);
  const words = await wordsOf(group, ticket, root === null, given);
  const draft: TicketDraft = {
    key: ticket.key,
    alertId: ticket.alertId,
    ...words,
    parentId: root === null ? null : referenceOf(root),
  };
  const writeNumber = group.intend(action, given.moment);
  return { kind: 'open', write: { ticketKey: ticket.key, writeNumber }, draft };
}

async function wordsOf(
  group: TicketGroup,
  ticket: Ticket,
  isRoot: boolean,
  { groups, settings }: Preparation,
): Promise<Pick<TicketDraft, 'subject' | 'description' | 'priority'>> {
  const { head } = group;
  const key = await groups.keyOf(head.groupKey);
  const episode = group.episodeOf(ticket);
  const shown = episode ?? (await groups.episode(head.firstEpisodeId ?? ''));
  if (key === null || shown === null)
    throw new Error(`Group ${head.id} has lost its key or its first episode.`);
  const { startsAt } = shown;
  const title =
    episode === null
      ? groupTitle(key, startsAt, settings)
      : alertTitle({ labels: episode.content.labels, startsAt }, settings);
  const root = isRoot ? await aboutRoot(groups, group) : null;
  const priority = episode === null ? 'normal' : priorityOf(episode.content);
  return { subject: subject(title), description: describe({ head, key, episode, root }, settings), priority };
}

async function aboutRoot(
  groups: TicketGroupRepository,
  group: TicketGroup,
): Promise<{ previousRoot: string | null; folded: readonly Episode[] }> {
  const { folded, previousGroupId, instance } = group.head;
  return {
    previousRoot: previousGroupId === null ? null : await groups.rootReferenceOf(previousGroupId, instance),
    folded: folded === 0 ? [] : await firingFolded(groups, group),
  };
}

async function prepareUpdate(
  group: TicketGroup,
  action: UpdateTicket,
  given: Preparation,
): Promise<BackendCall> {
  const { groups, settings, moment } = given;
  const ticket = ticketOf(group, action.ticketKey);
  const notes = group.notes(action.noteIds);
  const { head } = group;
  const count = ticket.key === head.rootKey && notes.length > 0 ? head.accountNo - head.accountedNo : 0;
  const episodes = count === 0 ? [] : await unaccounted(groups, group);
  const tellsOfFolded = notes.some((note) => note.fact.kind === 'folded');
  const folded = tellsOfFolded ? await firingFolded(groups, group) : [];
  const text = noteText(
    { head, episode: group.episodeOf(ticket), notes, account: { episodes, count }, folded },
    settings,
  );
  const change: TicketChange = {
    ...(action.status === null ? {} : { status: action.status }),
    ...(text.length === 0 ? {} : { note: text }),
  };
  const writeNumber = group.intend(action, moment);
  return {
    kind: 'update',
    write: { ticketKey: ticket.key, writeNumber },
    reference: referenceOf(ticket),
    change,
  };
}

function ticketOf(group: TicketGroup, key: string): Ticket {
  const ticket = group.ticket(key);
  if (ticket === null) throw new Error(`Ticket ${key} is not in the loaded part of group ${group.head.id}.`);
  return ticket;
}

function referenceOf(ticket: Ticket): string {
  if (ticket.reference === null) throw new Error(`Ticket ${ticket.key} has no reference yet.`);
  return ticket.reference;
}

function writeOf(ticket: Ticket): { ticketKey: string; writeNumber: number } {
  return { ticketKey: ticket.key, writeNumber: ticket.writeNumber };
}

function toRead(ticket: Ticket): TicketToRead {
  return { ...writeOf(ticket), reference: referenceOf(ticket) };
}
