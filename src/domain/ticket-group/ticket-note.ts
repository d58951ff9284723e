import type { NameValue } from '../alert/label-set.js';
import type { Instant } from '../time/instant.js';

/** What a note on a ticket says; the words are chosen when it is sent. */
export type NoteFact =
  | { readonly kind: 'ended' } // the ticket closes: its alert is over
  /** The root closes: no member fires. `ownEnd`: the end of its own alert was not told before. */
  | { readonly kind: 'group-over'; readonly ownEnd: boolean }
  | { readonly kind: 'root-over' } // the root's own alert is over, others fire
  | {
      readonly kind: 'recurrence';
      readonly labels: readonly NameValue[];
      readonly startsAt: Instant;
      readonly count: number;
    }
  | { readonly kind: 'refired'; readonly count: number; readonly startsAt: Instant } // gathered
  | { readonly kind: 'flapping' }
  | { readonly kind: 'end-noted' } // `auto_close: note`
  | { readonly kind: 'settled' } // a person closed the ticket, the alert still fires
  | { readonly kind: 'group-ended' } // a person ended the group
  | { readonly kind: 'folded' } // gathered
  | { readonly kind: 'account' } // lists what ended without a ticket
  | { readonly kind: 'came-late' } // the ticket closes: it appeared when nobody wanted it any more
  /** The ticket closes: its alert has another one, by its id in the backend as far as that is known. */
  | { readonly kind: 'superfluous'; readonly other: string | null };

export type NoteKind = NoteFact['kind'];

/** A note that is to appear exactly once on a ticket. */
export interface TicketNote {
  readonly id: string;
  readonly groupId: string;
  readonly ticketKey: string;
  readonly fact: NoteFact;
  /** Not sent before (ms): until then it gathers. */
  readonly notBefore: number;
  /** `wanted` until a write that carries it is answered; then `sent`, or `dropped` when it lost its point before. */
  readonly state: 'wanted' | 'sent' | 'dropped';
  /** The words that were sent; null before. */
  readonly text: string | null;
  readonly createdAt: number;
}
