/** What a ticket should be. `none`: nothing was sent and nothing is to be. */
export type WantedStatus = 'open' | 'closed' | 'none';

export type OpenOrClosed = 'open' | 'closed';

/**
 * What was last seen of it in the backend. `resolved` is an open ticket in the status that people use for "Resolved";
 * `foreign` one that lost our key line.
 */
export type SeenStatus = 'absent' | 'open' | 'resolved' | 'closed' | 'missing' | 'foreign';

/** A write that was recorded before it was sent and is not answered yet. */
export interface WriteIntent {
  readonly kind: 'open' | 'update';
  readonly status: OpenOrClosed | null;
  readonly noteIds: readonly string[];
  /** Last account number that the note sent with it lists. */
  readonly accountTo: number;
  /** Folded episodes that the text sent with it tells of. */
  readonly foldedTo: number;
  readonly at: number;
  /** From when on the backend may be asked what came of it; null: its answer is still awaited. */
  readonly askAt: number | null;
}

/** A write without effect: the backend took it and the ticket stayed as it was. */
export interface Refusal {
  readonly status: OpenOrClosed;
  /** What stands in the way, in the backend's words; null: not asked yet, empty: the backend does not say. */
  readonly causes: readonly string[] | null;
  /** When that was asked (ms). */
  readonly askedAt: number;
  /** `changedAt` of the ticket when it was refused. */
  readonly changedAt: string;
  /** When nothing stood in the way it is tried once more at once: that is `due`, or was `done` and refused again. */
  readonly secondTry?: 'due' | 'done';
}

export interface Parking {
  readonly reason: string;
  readonly remedy: string;
  /** The failure that the history of the group tells of last: the same once more is no news. */
  readonly told?: string;
}

/** Another ticket of the backend that carries the same correlation key: of a create that came too late, or a person's. */
export interface TicketCopy {
  readonly reference: string;
  /**
   * - `found`: it is to be closed as a duplicate, if it is ours alone.
   * - `folded` and `left`: dealt with, for good.
   */
  readonly state: 'found' | 'folded' | 'left';
  readonly attempts: number;
  readonly retryAt: number;
}

/** One ticket, wanted and seen. Times are milliseconds of the store's clock. */
export interface Ticket {
  /** Correlation key, 128-bit hex. */
  readonly key: string;
  readonly groupId: string;
  readonly ordinal: number;
  /** Its episode; null for a summary root. */
  readonly episodeId: string | null;
  /** Hash of the alert key, `-` for a summary root. */
  readonly alertId: string;
  readonly wanted: WantedStatus;
  /** Since when that is wanted; null until the transaction that made the ticket decides. */
  readonly wantedSince: number | null;
  /** The ticket's id in the backend instance of the group; null until known. */
  readonly reference: string | null;
  readonly seen: SeenStatus;
  readonly seenAt: number | null;
  /** The status that the last answered write asked for, until it is read back. */
  readonly written: OpenOrClosed | null;
  readonly writtenAt: number | null;
  /** Number of the last write; an answer or an observation counts only under it. */
  readonly writeNumber: number;
  readonly intent: WriteIntent | null;
  readonly refused: Refusal | null;
  /** A person closed or reopened it: its status is no longer ours. */
  readonly personal: boolean;
  readonly parked: Parking | null;
  readonly attempts: number;
  readonly retryAt: number;
  /** Other tickets of its key. */
  readonly copies: readonly TicketCopy[];
  /** When it next wants work; null: not before something happens. */
  readonly workAt: number | null;
}

export function newTicket(
  given: Pick<Ticket, 'key' | 'groupId' | 'ordinal' | 'episodeId' | 'alertId'>,
): Ticket {
  return {
    ...given,
    wanted: 'open',
    wantedSince: null,
    reference: null,
    seen: 'absent',
    seenAt: null,
    written: null,
    writtenAt: null,
    writeNumber: 0,
    intent: null,
    refused: null,
    personal: false,
    parked: null,
    attempts: 0,
    retryAt: 0,
    copies: [],
    workAt: 0,
  };
}

/** A ticket that nobody needs any more and that was never sent. */
export function givenUp(ticket: Ticket): Ticket {
  return { ...ticket, wanted: 'none', episodeId: null, parked: null, attempts: 0, retryAt: 0, workAt: null };
}

/** It was never sent and never will be: there is nothing to show of it. */
export function isGivenUp(ticket: Ticket): boolean {
  return ticket.wanted === 'none' && ticket.reference === null;
}

/** It stands open as far as seen, or is still to be: be it only to be created and closed, or looked for. */
export function isUnfinished({ wanted, seen }: Ticket): boolean {
  return wanted === 'open' || (wanted === 'closed' && ['absent', 'open', 'resolved'].includes(seen));
}

/** A common root: it is there for its children only. */
export function isNobodysAlert(ticket: Ticket): boolean {
  return ticket.alertId === '-';
}

/** Something of it reached the backend, or may have. */
export function wasSent(ticket: Ticket): boolean {
  return ticket.reference !== null || ticket.intent !== null;
}

/** It exists and still carries our key line: it may be written to. */
export function isOurs(ticket: Ticket): boolean {
  return ticket.reference !== null && ticket.seen !== 'missing' && ticket.seen !== 'foreign';
}

/** Open or closed as far as known: the last answered write counts until it is read back. */
export function standing(ticket: Ticket): OpenOrClosed | 'absent' | 'gone' {
  if (ticket.reference === null) return 'absent';
  if (!isOurs(ticket)) return 'gone';
  return ticket.written ?? (ticket.seen === 'closed' ? 'closed' : 'open');
}

/** A write that may create, open or close it is unanswered; that of a mere note leaves all else as it is. */
export function mayTurn({ intent }: Ticket): boolean {
  return intent !== null && intent.status !== null;
}

/** It stands open in the backend, or may: its root cannot be closed. */
export function mayStandOpen(ticket: Ticket): boolean {
  return ticket.intent?.kind === 'open' || standing(ticket) === 'open';
}
