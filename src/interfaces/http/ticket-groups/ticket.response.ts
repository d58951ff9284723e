import type { NameValue } from '../../../domain/alert/label-set.js';
import type { Episode, EpisodeState } from '../../../domain/ticket-group/episode.js';
import { isZeroInstant } from '../../../domain/time/instant.js';
import type { NoteKind, TicketNote } from '../../../domain/ticket-group/ticket-note.js';
import {
  isNobodysAlert,
  standing,
  type SeenStatus,
  type Ticket,
  type WantedStatus,
} from '../../../domain/ticket-group/ticket.js';

/** A label or annotation. A list of these, and not an object, because a name may be anything. */
export interface NameValueResponse {
  readonly name: string;
  readonly value: string;
}

export interface TicketResponse {
  /** Correlation key. */
  readonly key: string;
  /** The ticket's id in its backend; null until it is known. */
  readonly reference: string | null;
  /** Where a browser shows it; null when there is no such place, or not yet. */
  readonly url: string | null;
  readonly isRoot: boolean;
  /** It is the root and nobody's alert. */
  readonly isCommon: boolean;
  readonly wanted: WantedStatus;
  readonly seen: SeenStatus;
  readonly seenAt: string | null;
  /** Open or closed as far as known, writes not read back included; `gone`: deleted, or taken over by a person. */
  readonly standing: 'open' | 'closed' | 'absent' | 'gone';
  /** A person closed or reopened it. */
  readonly decidedByPerson: boolean;
  /** Why it cannot be delivered, and what to do; null when it can. */
  readonly parked: { readonly reason: string; readonly remedy: string } | null;
  /** The backend took a write and left the ticket as it was; `causes` is null until it was asked why. */
  readonly refused: { readonly status: 'open' | 'closed'; readonly causes: readonly string[] | null } | null;
  readonly notes: readonly NoteResponse[];
  /** null for a ticket that is nobody's alert. */
  readonly episode: EpisodeResponse | null;
  readonly children: readonly TicketResponse[];
}

export interface NoteResponse {
  readonly kind: NoteKind;
  readonly state: TicketNote['state'];
  readonly createdAt: string;
  /** The words that were sent; null before. */
  readonly text: string | null;
}

export interface EpisodeResponse {
  readonly id: string;
  readonly state: EpisodeState;
  readonly labels: readonly NameValueResponse[];
  readonly annotations: readonly NameValueResponse[];
  readonly generatorUrl: string | null;
  readonly fingerprint: string | null;
  /** null: not known, for its ticket was adopted. */
  readonly startsAt: string | null;
  readonly endsAt: string | null;
  readonly firings: number;
  readonly doubtful: boolean;
  readonly folded: boolean;
  /**
   * Since when it is presumed to fire, because its ticket was found open by a store that knew nothing of it; null: it
   * was heard.
   */
  readonly presumedSince: string | null;
}

/** The address of a ticket for browsers; null for one that is kept where there is none, or no longer is. */
export type TicketUrl = (instance: string, reference: string) => string | null;

/** The rows that a ticket is shown from. */
export interface TicketContext {
  readonly rootKey: string | null;
  readonly urlOf: (reference: string) => string | null;
  readonly episodes: ReadonlyMap<string, Episode>;
  readonly notes: readonly TicketNote[];
}

/** The tickets as a tree: the root with its children, or all of them side by side while no root is fixed. */
export function toTicketTree(tickets: readonly Ticket[], context: TicketContext): readonly TicketResponse[] {
  const inOrder = tickets.toSorted((a, b) => a.ordinal - b.ordinal);
  const root = inOrder.find((ticket) => ticket.key === context.rootKey);
  if (root === undefined) return inOrder.map((ticket) => toTicketResponse(ticket, context, []));
  const children = inOrder.filter((ticket) => ticket !== root);
  return [
    toTicketResponse(
      root,
      context,
      children.map((ticket) => toTicketResponse(ticket, context, [])),
    ),
  ];
}

function toTicketResponse(
  ticket: Ticket,
  context: TicketContext,
  children: readonly TicketResponse[],
): TicketResponse {
  const episode = ticket.episodeId === null ? undefined : context.episodes.get(ticket.episodeId);
  return {
    key: ticket.key,
    reference: ticket.reference,
    url: ticket.reference === null ? null : context.urlOf(ticket.reference),
    isRoot: ticket.key === context.rootKey,
    isCommon: ticket.key === context.rootKey && isNobodysAlert(ticket),
    wanted: ticket.wanted,
    seen: ticket.seen,
    seenAt: toIsoTime(ticket.seenAt),
    standing: standing(ticket),
    decidedByPerson: ticket.personal,
    parked: ticket.parked && { reason: ticket.parked.reason, remedy: ticket.parked.remedy },
    refused: ticket.refused && { status: ticket.refused.status, causes: ticket.refused.causes },
    notes: context.notes.filter((note) => note.ticketKey === ticket.key).map(toNoteResponse),
    episode: episode === undefined ? null : toEpisodeResponse(episode),
    children,
  };
}

function toNoteResponse(note: TicketNote): NoteResponse {
  return { kind: note.fact.kind, state: note.state, createdAt: toIsoTime(note.createdAt), text: note.text };
}

export function toEpisodeResponse(episode: Episode): EpisodeResponse {
  return {
    id: episode.id,
    state: episode.state,
    labels: toNameValues(episode.content.labels),
    annotations: toNameValues(episode.content.annotations),
    generatorUrl: episode.content.generatorUrl,
    fingerprint: episode.content.fingerprint,
    startsAt: isZeroInstant(episode.startsAt) ? null : episode.startsAt,
    endsAt: episode.endsAt,
    firings: episode.firings,
    doubtful: episode.doubtful,
    folded: episode.folded,
    presumedSince: toIsoTime(episode.presumedSince),
  };
}

export function toNameValues(pairs: readonly NameValue[]): readonly NameValueResponse[] {
  return pairs.map(([name, value]) => ({ name, value }));
}

/** ISO 8601 in UTC of a time of the store's clock. */
export function toIsoTime(millis: number): string;
export function toIsoTime(millis: number | null): string | null;
export function toIsoTime(millis: number | null): string | null {
  return millis === null ? null : new Date(millis).toISOString();
}
