import type { TicketText } from './ticket-text.js';

/**
 * A system that holds tickets. No method is optional, and no method refuses what it cannot do in silence: the contract
 * asks for honesty, that is what was not done shows in `fetchMany`. Every method that answers later may throw
 * `TicketBackendError` and nothing else, and gives up well inside a minute.
 */
export interface TicketBackend {
  /**
   * Names the very server in which ids of tickets count (kind, URL), known before it can be reached: a ticket of another
   * instance is never ours.
   */
  readonly instance: string;

  /** Where people look at the ticket with their browser; null when there is no such place. Asks nobody. */
  urlOf(id: string): string | null;

  /** How long after an unanswered create the ticket may still appear, in milliseconds. */
  readonly lateCommitMs: number;

  /**
   * Creates an open ticket and returns it as it now stands, read back from the backend. Calling twice makes two
   * tickets: whoever got `effect: unknown` asks `findByKey` before trying again. A parent that is closed or missing
   * is an error, never a ticket without its parent.
   */
  open(draft: TicketDraft): Promise<TicketSnapshot>;

  /**
   * Asks for a status, a note, or both in one call. The backend may store the note and leave the status as it was
   * (a root with open children, a workflow that forbids it): that is no error, `fetchMany` tells. A ticket in the
   * status "Resolved" is open: asked to be open, it stays as it is.
   */
  update(id: string, change: TicketChange): Promise<void>;

  /**
   * Whether the ticket was made by our own user and nobody has changed, noted or copied anything of it since, but for what
   * `markDuplicate` left half done: only such a one may be folded. In doubt it was touched. A ticket that does not exist is an error with the reason `not-found`.
   */
  isUntouched(id: string): Promise<boolean>;

  /**
   * Closes a ticket as a copy of another, and once it is closed rewrites its key line, if it has one, to
   * `duplicate of <id>`. What cannot be closed stays as it was, key line and all: `fetchMany` tells. Calling twice is
   * harmless.
   */
  markDuplicate(id: string, originalId: string): Promise<void>;

  /**
   * The tickets as they stand now, by id; `missing` for one that does not exist, or that is hidden
   * from a user who sees its like. Never guesses: who may see no tickets at all is told so by an error.
   */
  fetchMany(ids: readonly string[]): Promise<ReadonlyMap<string, TicketSnapshot | 'missing'>>;

  /**
   * What stands in the way of a status, in words for people; empty when nothing is known. Changes nothing. A ticket that
   * does not exist is an error with the reason `not-found`, here and in `notesOf`.
   */
  obstaclesTo(id: string, status: 'open' | 'closed'): Promise<readonly string[]>;

  /** All notes of a ticket, oldest first. */
  notesOf(id: string): Promise<readonly NoteSnapshot[]>;

  /** Every ticket, open or closed, whose key line carries exactly this correlation key, the oldest first. */
  findByKey(key: string): Promise<readonly TicketSnapshot[]>;

  /** Pages through the open tickets that have a key line of ours. `null` starts, `next: null` ends. */
  findOurs(cursor: string | null, reach: Reach): Promise<TicketPage>;

  /**
   * Pages through the tickets with a key line that changed since the cursor; `null` starts now, with an empty page. A
   * page of tickets that the caller has seen as they are means that nothing more has changed: a backend whose clock
   * counts in seconds may show a ticket again. What was deleted or lost its key line does not appear.
   */
  changedSince(cursor: string | null): Promise<ChangePage>;

  /** Says everything that is wrong with the configuration or the rights, with what to do. Empty: all is well. */
  probe(): Promise<readonly BackendProblem[]>;
}

/** A note as the backend holds it. */
export interface NoteSnapshot {
  readonly text: string;
  /** The status that the write of the note gave the ticket; null: none, or the backend keeps no account of that. */
  readonly gaveStatus: 'open' | 'closed' | null;
}

export interface TicketDraft {
  /** Correlation key of the ticket, 128-bit hex. */
  readonly key: string;
  /** SHA-256 of the alert key, `-` for a summary root. */
  readonly alertId: string;
  /** One line; the backend shortens it where it must and keeps its end, which tells tickets apart. */
  readonly subject: string;
  readonly description: TicketText;
  readonly parentId: string | null;
  /** `normal` when it is not given. A backend without priorities ignores it. */
  readonly priority?: TicketPriority;
}

/** Steps, not names: which priorities a backend has is its own business. */
export type TicketPriority = 'normal' | 'high' | 'urgent';

export interface TicketChange {
  readonly status?: 'open' | 'closed';
  readonly note?: TicketText;
  /** The least priority that the ticket is to have; one that is higher stays. A backend without priorities ignores it. */
  readonly priorityFloor?: Exclude<TicketPriority, 'normal'>;
}

export interface TicketSnapshot {
  readonly id: string;
  /** `resolved`: open, in the status that people set for "Resolved". */
  readonly status: 'open' | 'resolved' | 'closed';
  /** From the last line of the description; null when that is no key line. */
  readonly keyLine: { readonly key: string; readonly alertId: string } | null;
  readonly parentId: string | null;
  /** Whatever changes when the ticket does: compared for equality only. */
  readonly changedAt: string;
}

/**
 * Where to look for tickets. `home`: in the place alone where new roots go, for another Alertree may keep its tickets in
 * another of the same server. `everywhere`: also where people moved tickets to, or an earlier configuration made them. A
 * backend that has one place for all makes no difference.
 */
export type Reach = 'home' | 'everywhere';

export interface TicketPage {
  readonly tickets: readonly TicketSnapshot[];
  readonly next: string | null;
}

export interface ChangePage {
  readonly tickets: readonly TicketSnapshot[];
  /** Where the next look begins; to be kept until then. */
  readonly next: string;
}

export interface BackendProblem {
  readonly problem: string;
  readonly remedy: string;
  /** false: tickets are delivered all the same, but not as the configuration wants them. */
  readonly stops: boolean;
}
