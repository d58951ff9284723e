import type { Generated, Kysely } from 'kysely';
import type { EpisodeState } from '../../domain/ticket-group/episode.js';
import type { GroupEventKind } from '../../domain/ticket-group/group-event.js';
import type { EndOfMembership } from '../../domain/ticket-group/group-head.js';
import type { OpenOrClosed, SeenStatus, WantedStatus } from '../../domain/ticket-group/ticket.js';
import type { TicketNote } from '../../domain/ticket-group/ticket-note.js';
import type { Instant } from '../../domain/time/instant.js';
import type { TrackerSchema } from './embedded-tracker/tracker-schema.js';

/**
 * The tables as both SQLite and PostgreSQL take them: booleans are 0 or 1, JSON is text, instants are the sortable
 * text of the domain, and every other time is milliseconds of the store's clock.
 */
export interface DatabaseSchema extends TrackerSchema {
  readonly alerts: AlertsTable;
  readonly group_keys: GroupKeysTable;
  readonly ticket_groups: TicketGroupsTable;
  readonly episodes: EpisodesTable;
  readonly tickets: TicketsTable;
  readonly ticket_notes: TicketNotesTable;
  readonly group_events: GroupEventsTable;
  readonly dead_letters: DeadLettersTable;
  readonly adoptions: AdoptionsTable;
}

/** A database, or a transaction in it. */
export type Database = Kysely<DatabaseSchema>;

export type Flag = 0 | 1;

export interface AlertsTable {
  readonly id: string;
  readonly key_text: string;
  /** Its labels, folded, for searching. */
  readonly search_text: string;
  readonly newest_ends_at: Instant | null;
  /** JSON: list of milliseconds. */
  readonly recent_ends: string;
}

export interface GroupKeysTable {
  readonly id: string;
  readonly source: string;
  readonly route: string;
  /** JSON: list of name and value. */
  readonly label_values: string;
}

export interface GroupHeadColumns {
  readonly id: string;
  readonly group_key: string;
  readonly instance: string;
  readonly opened_at: number;
  readonly accepts_until: number | null;
  readonly accepting: Flag;
  readonly ended_by: EndOfMembership | null;
  readonly concluding: Flag;
  readonly summary: Flag;
  readonly root_key: string | null;
  readonly root_opened_at: number | null;
  readonly previous_group_id: string | null;
  readonly first_episode_id: string | null;
  readonly next_ordinal: number;
  readonly placed: number;
  readonly folded: number;
  readonly folded_told: number;
  readonly firing: number;
  readonly open_children: number;
  readonly account_no: number;
  readonly accounted_no: number;
  readonly root_over_told: Flag;
  readonly revision: number;
  readonly attempts: number;
  readonly retry_at: number;
  readonly due_at: number | null;
}

/** Who works on the group. No part of the head: saving a head never touches it. */
export interface LeaseColumns {
  /** Null while nobody holds it. */
  readonly lease_owner: string | null;
  /** The lease holds while this is after now; 0: free. */
  readonly lease_until: number;
  readonly fence: number;
}

export interface TicketGroupsTable extends GroupHeadColumns, LeaseColumns {
  /** Order of insertion. The clock may step, so the newest group of a key is the one with the highest number. */
  readonly no: Generated<number>;
}

export interface EpisodesTable {
  readonly id: string;
  readonly alert_id: string;
  readonly group_id: string;
  readonly ordinal: number;
  readonly state: EpisodeState;
  readonly starts_at: Instant;
  readonly newest_starts_at: Instant;
  readonly ends_at: Instant | null;
  readonly hold_until: number | null;
  readonly firings: number;
  readonly doubtful: Flag;
  readonly folded: Flag;
  readonly ticket_key: string | null;
  readonly account_no: number | null;
  readonly ended_together: number;
  readonly flapping_told: Flag;
  readonly presumed_since: number | null;
  readonly left_behind: Flag;
  /** JSON: `AlertContent`. */
  readonly content: string;
}

export interface TicketsTable {
  readonly key: string;
  readonly group_id: string;
  readonly ordinal: number;
  readonly episode_id: string | null;
  readonly alert_id: string;
  readonly wanted: WantedStatus;
  readonly wanted_since: number | null;
  readonly reference: string | null;
  readonly seen: SeenStatus;
  readonly seen_at: number | null;
  readonly written: OpenOrClosed | null;
  readonly written_at: number | null;
  readonly write_number: number;
  /** JSON: `WriteIntent`. */
  readonly intent: string | null;
  /** JSON: `Refusal`. */
  readonly refused: string | null;
  readonly personal: Flag;
  /** JSON: `Parking`. */
  readonly parked: string | null;
  readonly attempts: number;
  readonly retry_at: number;
  /** JSON: a list of `TicketCopy`; null when there are none. */
  readonly copies: string | null;
  readonly work_at: number | null;
}

export interface TicketNotesColumns {
  readonly id: string;
  readonly group_id: string;
  readonly ticket_key: string;
  /** JSON: `NoteFact`. */
  readonly fact: string;
  readonly not_before: number;
  readonly state: TicketNote['state'];
  readonly text: string | null;
  readonly created_at: number;
}

export interface TicketNotesTable extends TicketNotesColumns {
  /** Order of insertion: notes of one millisecond stay in the order they were made. */
  readonly no: Generated<number>;
}

export interface GroupEventColumns {
  readonly group_id: string;
  readonly at: number;
  readonly kind: GroupEventKind;
  readonly ticket_key: string | null;
  readonly reason: string | null;
}

export interface GroupEventsTable extends GroupEventColumns {
  /** Order of insertion. */
  readonly no: Generated<number>;
}

export interface DeadLettersTable {
  readonly id: string;
  readonly source: string;
  readonly received_at: number;
  readonly problem: string;
  readonly body: string;
}

/** The instance of a ticket backend whose open tickets the store knows: one row at most. */
export interface AdoptionsTable {
  readonly instance: string;
  readonly adopted_at: number;
}
