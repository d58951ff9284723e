import type { GroupKey } from '../../domain/route/group-key.js';
import type { Episode } from '../../domain/ticket-group/episode.js';
import type { GroupEvent } from '../../domain/ticket-group/group-event.js';
import type { GroupHead } from '../../domain/ticket-group/group-head.js';
import type { Ticket } from '../../domain/ticket-group/ticket.js';
import type { TicketNote } from '../../domain/ticket-group/ticket-note.js';

/**
 * `open`: a member fires, be it settled, or a ticket stands open; `closed`: all the rest; `parked`: something of it, open
 * or closed, cannot be delivered.
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
  /** Members that fire still, though a person decided about their ticket; those that are not shown included. */
  readonly settled: number;
  readonly tickets: readonly Ticket[];
  readonly episodes: readonly Episode[];
  readonly notes: readonly TicketNote[];
  readonly events: readonly GroupEvent[];
}

export interface EpisodeStanding {
  readonly episode: Episode;
  readonly ticket: Ticket | null;
  readonly root: Ticket | null;
}
