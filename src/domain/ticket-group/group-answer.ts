import type { Failure } from './postponing.js';
import type { Observation } from './observing.js';
import type { OpenOrClosed } from './ticket.js';

/** Which write an answer belongs to. It counts only while that write is the ticket's last and unanswered. */
export interface WriteRef {
  readonly ticketKey: string;
  readonly writeNumber: number;
}

/** How a ticket stood when it was read, under the number of its last write. */
export type TicketRead = WriteRef & { readonly observation: Observation };

/** What came of a write, or of asking about one. */
export type WriteAnswer =
  /** A create succeeded, or its ticket was found by its key. */
  | ({
      readonly kind: 'opened';
      readonly reference: string;
      /** Further open tickets of its key. */
      readonly copies?: readonly string[];
    } & WithWrite &
      Read)
  /** A create whose outcome was unknown has left no ticket. */
  | ({ readonly kind: 'not-found' } & WithWrite)
  /** An update was answered; `noteText` is what was sent with it. */
  | ({ readonly kind: 'updated'; readonly noteText: string | null } & WithWrite)
  /** What came of an update whose outcome was unknown. */
  | ({
      readonly kind: 'checked';
      readonly noteIsThere: boolean;
      /** The status that the ticket got with the note, as far as the backend tells. */
      readonly gaveStatus: OpenOrClosed | null;
    } & WithWrite &
      Read)
  /** A write failed, with or without an effect. */
  | ({ readonly kind: 'failed'; readonly failure: Failure } & WithWrite);

/** An open ticket with the key line of one of ours, as a sweep found it. */
export interface SweptTicket {
  readonly ticketKey: string;
  readonly reference: string;
  readonly observation: Observation;
}

/** What came of an action, told to the group in the next transaction. Data only. */
export type GroupAnswer =
  | WriteAnswer
  | { readonly kind: 'observed'; readonly reads: readonly TicketRead[] }
  /** What became of a copy; `gone`: it is closed already, or carries the key no more. */
  | {
      readonly kind: 'copy-settled';
      readonly write: WriteRef;
      readonly copy: string;
      readonly outcome: 'folded' | 'left' | 'gone';
      /** How the ticket itself stood. */
      readonly original: Observation;
    }
  /** A person closed or deleted the ticket, and its copy stands open. */
  | ({
      readonly kind: 'copy-takes-over';
      readonly copy: string;
      readonly original: Observation;
    } & WithWrite &
      Read)
  | {
      readonly kind: 'fold-failed';
      readonly ticketKey: string;
      readonly copy: string;
      readonly failure: Failure;
    }
  /** Open tickets of the group's keys, in order. */
  | { readonly kind: 'found-open'; readonly found: readonly SweptTicket[] }
  /** An open ticket hangs under one that is not open. */
  | { readonly kind: 'under-closed'; readonly ticketKey: string; readonly parent: string }
  /** Why a write had no effect. */
  | { readonly kind: 'explained'; readonly ticketKey: string; readonly causes: readonly string[] }
  /** `ticketKey`: the one ticket that was asked about; null for many. */
  | { readonly kind: 'read-failed'; readonly ticketKey: string | null; readonly failure: Failure };

interface WithWrite {
  readonly write: WriteRef;
}

interface Read {
  readonly observation: Observation;
}
