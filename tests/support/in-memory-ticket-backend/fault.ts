import type { TicketBackendError } from '../../../src/application/ports/ticket-backend-error.js';
import type { TicketChange, TicketDraft } from '../../../src/application/ports/ticket-backend.js';

/** A call as it arrives at the fake, for deciding whether something goes wrong with it. */
export type BackendCall =
  | { readonly method: 'open'; readonly draft: TicketDraft }
  | { readonly method: 'update'; readonly id: string; readonly change: TicketChange }
  | { readonly method: 'markDuplicate'; readonly id: string; readonly originalId: string }
  | { readonly method: 'fetchMany'; readonly ids: readonly string[] }
  | { readonly method: 'isUntouched'; readonly id: string }
  | { readonly method: 'obstaclesTo'; readonly id: string; readonly status: 'open' | 'closed' }
  | { readonly method: 'notesOf'; readonly id: string }
  | { readonly method: 'findByKey'; readonly key: string }
  | { readonly method: 'findOurs' | 'changedSince'; readonly cursor: string | null }
  | { readonly method: 'probe' };

/** What goes wrong with a call. */
export type Fault =
  /** Nothing is done, and this error tells. */
  | { readonly kind: 'error'; readonly error: TicketBackendError }
  /** It is done, and the answer is lost: `unknown-finished` like a 500 after the commit, `unknown-pending` a time-out. */
  | { readonly kind: 'answer-lost'; readonly effect: 'unknown-finished' | 'unknown-pending' }
  /** Nothing is done, and nobody can know: `unknown-pending`. */
  | { readonly kind: 'call-lost' }
  /** It is done when `commitLate` is called; until then `unknown-pending`. */
  | { readonly kind: 'late' }
  /** The same when `commitTooLate` is called, whatever the backend promised. */
  | { readonly kind: 'too-late' }
  /** An update takes the note and leaves the status, a fold leaves all; harmless for every other call. */
  | { readonly kind: 'status-refused' };

export type DecideFault = (call: BackendCall) => Fault | null;
