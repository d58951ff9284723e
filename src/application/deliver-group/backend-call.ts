import type { WriteRef } from '../../domain/ticket-group/ticket-group.js';
import type { Failure } from '../../domain/ticket-group/failing.js';
import type { Observation } from '../../domain/ticket-group/observing.js';
import type { TicketChange, TicketDraft } from '../ports/ticket-backend.js';

/** A ticket to read: its id in the backend, and the number of its last write. */
export interface TicketToRead extends WriteRef {
  readonly reference: string;
}

/** One call of the ticket backend, with all that it needs; made inside a transaction, carried out after it. */
export type BackendCall =
  | { readonly kind: 'open'; readonly write: WriteRef; readonly draft: TicketDraft }
  | {
      readonly kind: 'update';
      readonly write: WriteRef;
      readonly reference: string;
      readonly change: TicketChange;
    }
  | { readonly kind: 'look'; readonly tickets: readonly TicketToRead[] }
  | { readonly kind: 'find'; readonly write: WriteRef }
  | {
      readonly kind: 'check';
      readonly write: WriteRef;
      readonly reference: string;
      readonly noteId: string | null;
    }
  | {
      readonly kind: 'explain';
      readonly ticketKey: string;
      readonly reference: string;
      readonly status: 'open' | 'closed';
    };

/** What came of a call; told to the group in the next transaction. */
export type BackendAnswer =
  | {
      readonly kind: 'opened';
      readonly write: WriteRef;
      readonly reference: string;
      readonly observation: Observation;
    }
  | { readonly kind: 'not-found'; readonly write: WriteRef }
  | { readonly kind: 'updated'; readonly write: WriteRef; readonly noteText: string | null }
  | { readonly kind: 'failed'; readonly write: WriteRef; readonly failure: Failure }
  | {
      readonly kind: 'observed';
      readonly reads: readonly (WriteRef & { readonly observation: Observation })[];
    }
  | {
      readonly kind: 'checked';
      readonly write: WriteRef;
      readonly observation: Observation;
      readonly noteIsThere: boolean;
    }
  | { readonly kind: 'explained'; readonly ticketKey: string; readonly causes: readonly string[] }
  | { readonly kind: 'read-failed'; readonly failure: Failure };
