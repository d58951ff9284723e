import type { WriteRef } from '../../domain/ticket-group/group-answer.js';
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
      readonly kind: 'fold';
      readonly write: WriteRef;
      readonly reference: string;
      readonly copy: string;
      /** Where the ticket is closed or gone, the copy becomes it. */
      readonly mayTakeOver: boolean;
    }
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
