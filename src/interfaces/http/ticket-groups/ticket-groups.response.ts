import type { GroupEventKind } from '../../../domain/ticket-group/group-event.js';
import { NOTICE_WORDS, type Notice } from './notice.js';
import type { GroupDetails, GroupPage } from '../../../application/ports/ticket-group-queries.js';
import type { Episode } from '../../../domain/ticket-group/episode.js';
import type { EndOfMembership } from '../../../domain/ticket-group/group-head.js';
import { isUnfinished } from '../../../domain/ticket-group/ticket.js';
import { isStuck } from '../../../domain/ticket-group/timing.js';
import {
  toEpisodeResponse,
  toIsoTime,
  toNameValues,
  toTicketTree,
  type EpisodeResponse,
  type NameValueResponse,
  type TicketResponse,
  type TicketUrl,
} from './ticket.response.js';

export interface TicketGroupsPageResponse {
  readonly total: number;
  readonly page: number;
  readonly perPage: number;
  readonly notices: readonly NoticeResponse[];
  readonly groups: readonly TicketGroupResponse[];
}

/** Something about all tickets: what it is, what it means and what to do. */
export interface NoticeResponse {
  readonly title: string;
  readonly text: string;
}

/** One ticket group for people and programs. Times are ISO 8601 in UTC. */
export interface TicketGroupResponse {
  readonly id: string;
  readonly source: string;
  readonly route: string;
  /** The labels that make the group, with their values. */
  readonly groupLabels: readonly NameValueResponse[];
  /** The ticket backend instance that holds its tickets. */
  readonly backend: string;
  /** `open`: a member fires, be it settled, or a ticket stands open. */
  readonly state: 'open' | 'closed';
  /** Something of it cannot be delivered, or is refused; its tickets say what. */
  readonly parked: boolean;
  readonly openedAt: string;
  readonly acceptsMembers: boolean;
  /** Until when it takes new members; null: for as long as one fires. */
  readonly acceptsUntil: string | null;
  /** Why it takes no more members; null while it does. */
  readonly endedBy: EndOfMembership | null;
  readonly previousGroupId: string | null;
  /** The oldest known start of a member that fires, be it settled; null when there is none. */
  readonly firingSince: string | null;
  readonly counts: GroupCounts;
  /** Correlation key of the root ticket; null while none is fixed. */
  readonly root: string | null;
  readonly tickets: readonly TicketResponse[];
  /** Folded, or over before a ticket was sent. */
  readonly episodesWithoutTicket: readonly EpisodeResponse[];
  /** Oldest first. */
  readonly history: readonly HistoryResponse[];
}

/** Of all members, those that are not listed included. */
export interface GroupCounts {
  /** Members that fire, or whose end does not count yet; those that a person settled are not among them. */
  readonly firing: number;
  /** Of these, those whose end does not count yet. */
  readonly held: number;
  readonly placed: number;
  readonly folded: number;
  readonly openChildren: number;
  /** Members that fire still, though a person decided about their ticket. */
  readonly settledButFiring: number;
  /** Opened by a firing that may be a late copy, and not ended. */
  readonly doubtful: number;
  /** Members without a ticket of their own: folded, or over before one was sent. */
  readonly withoutTicket: number;
  readonly tickets: number;
  /** Tickets of these that are still to be opened. */
  readonly unopened: number;
}

export interface HistoryResponse {
  readonly at: string;
  readonly kind: GroupEventKind;
  readonly ticket: string | null;
  readonly reason: string | null;
}

export function toTicketGroupsPage(
  found: GroupPage,
  asked: {
    readonly page: number;
    readonly perPage: number;
    readonly notices: readonly Notice[];
    readonly ticketUrl: TicketUrl;
  },
): TicketGroupsPageResponse {
  return {
    total: found.total,
    page: asked.page,
    perPage: asked.perPage,
    notices: asked.notices.map(toNotice),
    groups: found.groups.map((details) => toTicketGroup(details, asked.ticketUrl)),
  };
}

function toNotice({ kind, said }: Notice): NoticeResponse {
  const { title, text } = NOTICE_WORDS.en[kind];
  return { title, text: `${said} ${text}`.trim() };
}

export function toTicketGroup(details: GroupDetails, ticketUrl: TicketUrl): TicketGroupResponse {
  const { head, key, counts, tickets } = details;
  const isOpen = head.firing > 0 || counts.settled > 0 || head.openChildren > 0 || tickets.some(isUnfinished);
  return {
    id: head.id,
    source: key.source,
    route: key.route,
    groupLabels: toNameValues(key.values),
    backend: head.instance,
    state: isOpen ? 'open' : 'closed',
    parked: tickets.some(isStuck),
    openedAt: toIsoTime(head.openedAt),
    acceptsMembers: head.accepting,
    acceptsUntil: toIsoTime(head.acceptsUntil),
    endedBy: head.endedBy,
    previousGroupId: head.previousGroupId,
    firingSince: counts.firingSince,
    counts: countsOf(details),
    root: head.rootKey,
    ...membersOf(details, (reference) => ticketUrl(head.instance, reference)),
    history: details.events.toSorted((a, b) => a.at - b.at).map(toHistory),
  };
}

function countsOf({ head, counts }: GroupDetails): GroupCounts {
  return {
    firing: head.firing,
    placed: head.placed,
    folded: head.folded,
    openChildren: head.openChildren,
    held: counts.held,
    settledButFiring: counts.settled,
    doubtful: counts.doubtful,
    withoutTicket: counts.withoutTicket,
    tickets: counts.tickets,
    unopened: counts.unopened,
  };
}

function membersOf(
  details: GroupDetails,
  urlOf: (reference: string) => string | null,
): Pick<TicketGroupResponse, 'tickets' | 'episodesWithoutTicket'> {
  const episodes = new Map(details.episodes.map((episode) => [episode.id, episode]));
  const context = { rootKey: details.head.rootKey, urlOf, episodes, notes: details.notes };
  return {
    tickets: toTicketTree(details.tickets, context),
    episodesWithoutTicket: details.episodes.filter(hasNoTicket).map(toEpisodeResponse),
  };
}

function hasNoTicket({ ticketKey }: Episode): boolean {
  return ticketKey === null;
}

function toHistory(event: GroupDetails['events'][number]): HistoryResponse {
  return { at: toIsoTime(event.at), kind: event.kind, ticket: event.ticketKey, reason: event.reason };
}
