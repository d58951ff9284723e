import type { GroupKey } from '../../domain/route/group-key.js';
import type { Episode } from '../../domain/ticket-group/episode.js';
import type { GroupEvent } from '../../domain/ticket-group/group-event.js';
import type { GroupHead } from '../../domain/ticket-group/group-head.js';
import type { Ticket } from '../../domain/ticket-group/ticket.js';
import type { TicketNote } from '../../domain/ticket-group/ticket-note.js';
import type { Instant } from '../../domain/time/instant.js';

/**
 * `open`: a member fires, be it settled, or a ticket stands open; `closed`: all the rest; `parked`: something of it, open
 * or closed, cannot be delivered or is refused.
 */
export type GroupStateFilter = 'open' | 'closed' | 'parked';

/** Reads for people: the API and the page. Never locks. */
export interface TicketGroupQueries {
  /** Newest first. `page` counts from 1; without `search` every group is listed. */
  list(
    filter: GroupStateFilter | null,
    page: number,
    perPage: number,
    search?: GroupSearch,
  ): Promise<GroupPage>;
  /** One group with up to `memberLimit` members; null when there is none. */
  find(groupId: string, memberLimit: number): Promise<GroupDetails | null>;
  /** How the tickets of these episodes stand, for whoever waits for them. */
  ticketsOf(episodeIds: readonly string[]): Promise<ReadonlyMap<string, EpisodeStanding>>;
}

/**
 * Words without blanks. A group is found when one member, over or not, has each of them somewhere in its labels, written
 * as `name:value`. Upper and lower case are alike, and so are wide and narrow letters.
 */
export type GroupSearch = readonly string[];

export interface GroupPage {
  readonly total: number;
  readonly groups: readonly GroupDetails[];
}

export interface GroupDetails {
  readonly head: GroupHead;
  readonly key: GroupKey;
  readonly counts: MemberCounts;
  /** The root, what is wanted open or stuck, then the others up to the limit; what was given up is not among them. */
  readonly tickets: readonly Ticket[];
  /** Those of these tickets, then those without one: first what goes on, then what is over. */
  readonly episodes: readonly Episode[];
  readonly notes: readonly TicketNote[];
  readonly events: readonly GroupEvent[];
}

/** Of all members of a group, those that are not shown included. */
export interface MemberCounts {
  /** Members whose end does not count yet. */
  readonly held: number;
  /** Members that fire still, though a person decided about their ticket. */
  readonly settled: number;
  /** Members that are not over and may have been opened by a late copy. */
  readonly doubtful: number;
  /** The oldest known start of a member that fires, be it settled; null when there is none. */
  readonly firingSince: Instant | null;
  /** Members without a ticket of their own: folded, or over before one was sent. */
  readonly withoutTicket: number;
  /** Tickets, without those that were given up. */
  readonly tickets: number;
  /** Tickets of these that are still to be opened. */
  readonly unopened: number;
}

export interface EpisodeStanding {
  readonly episode: Episode;
  readonly ticket: Ticket | null;
  readonly root: Ticket | null;
}
