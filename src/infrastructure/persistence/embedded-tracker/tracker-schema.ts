/** Tables of the embedded tracker. They share nothing with the store's own tables but the database. */
export interface TrackerSchema {
  readonly embedded_tracker: TrackerTable;
  readonly embedded_ticket: TrackerTicketTable;
  readonly embedded_note: TrackerNoteTable;
}

/** Always one row. Its lock makes the tracker's writers wait for each other. */
export interface TrackerTable {
  readonly id: 1;
  /** Number of the last write. */
  readonly revision: number;
  /** Kept apart from the tickets, so that an id is never given twice. */
  readonly last_ticket_id: number;
}

export interface TrackerTicketTable {
  readonly id: number;
  readonly subject: string;
  readonly description: string;
  readonly status: TrackerStatus;
  readonly parent_id: number | null;
  /** Both halves of the description's key line, as columns for the index; null when it has none. */
  readonly correlation_key: string | null;
  readonly alert_id: string | null;
  /** Number of the last write that changed it. */
  readonly revision: number;
  /** Number of the write that made it; null: made before that was kept, or not by Alertree. */
  readonly created_revision: number | null;
  /** Milliseconds since the epoch. */
  readonly created_at: number;
  readonly updated_at: number;
}

/** What a ticket is known by. */
export const TICKET_COLUMNS = [
  'id',
  'status',
  'parent_id',
  'correlation_key',
  'alert_id',
  'revision',
  'created_revision',
] as const;

export type TrackerStatus = 'open' | 'resolved' | 'closed';

export interface TrackerNoteTable {
  readonly ticket_id: number;
  /** Number of the write that brought it: the order of notes. */
  readonly revision: number;
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly created_at: number;
}
