import type { OpenOrClosed } from './ticket.js';

/** What a group asks of the ticket backend next. Data only: the application carries it out. */
export type GroupAction =
  | OpenTicket
  | UpdateTicket
  | { readonly kind: 'look'; readonly ticketKeys: readonly string[] } // read before a write
  | { readonly kind: 'find'; readonly ticketKey: string } // what came of a create
  | FoldCopy
  | { readonly kind: 'check'; readonly ticketKey: string } // what came of an update
  | { readonly kind: 'explain'; readonly ticketKey: string }; // why a write had no effect

export interface FoldCopy {
  readonly kind: 'fold';
  readonly ticketKey: string;
  /** A copy of the ticket, by its id. */
  readonly copy: string;
  /** Where the ticket turns out closed or gone that was a person, and the copy becomes it. */
  readonly mayTakeOver: boolean;
}

export interface OpenTicket {
  readonly kind: 'open';
  readonly ticketKey: string;
  /** Ticket of the root; null for a root. */
  readonly rootKey: string | null;
}

export interface UpdateTicket {
  readonly kind: 'update';
  readonly ticketKey: string;
  /** null: only notes. */
  readonly status: OpenOrClosed | null;
  readonly noteIds: readonly string[];
}
