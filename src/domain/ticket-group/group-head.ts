/** Why a group takes no more members; null while it does. */
export type EndOfMembership =
  | 'span' // it took members for its whole span
  | 'cap' // it is full, and its root is older than an hour
  | 'over' // span 0: the close of its root was intended
  | 'person' // a person resolved, closed, deleted or took over its root
  | 'reopen-refused' // the backend does not let its root be opened again
  | 'backend' // tickets are kept elsewhere now
  /**
   * Because tickets were adopted. The group is one of these:
   * - adopted, and of no key yet, for none of its alerts was heard: with the key it may take members after all;
   * - adopted, and when its key was heard another group took the members of that;
   * - opened while tickets waited to be adopted: its alerts turned out to have tickets, and its root was never made.
   */
  | 'adopted';

/**
 * The row of a ticket group that every change locks first: what must be known of all members without reading them.
 * Times are milliseconds of the store's clock.
 */
export interface GroupHead {
  readonly id: string;
  /** Hash of the group key; the id of the group while its key is not known. */
  readonly groupKey: string;
  /** The ticket backend instance that the group was opened with and keeps. */
  readonly instance: string;
  readonly openedAt: number;
  /** From here on it takes no new members; null: for as long as one fires (span 0). */
  readonly acceptsUntil: number | null;
  readonly accepting: boolean;
  readonly endedBy: EndOfMembership | null;
  /** The group ended while members may still have to be closed, settled or moved to the next group. */
  readonly concluding: boolean;
  /** The root is a common one, nobody's alert. */
  readonly summary: boolean;
  /** Ticket of the root; fixed when the intent to create it is recorded. */
  readonly rootKey: string | null;
  readonly rootOpenedAt: number | null;
  /** The group of the same key before this one: its root is named in the description of ours. */
  readonly previousGroupId: string | null;
  readonly firstEpisodeId: string | null;
  readonly nextOrdinal: number;
  /** Episodes that hold a place, that is a ticket sent or to be sent. */
  readonly placed: number;
  /** Episodes beyond the cap, for good. */
  readonly folded: number;
  /** How many of the folded the root's text tells of. */
  readonly foldedTold: number;
  /** Unsettled members that fire or are held. */
  readonly firing: number;
  /** Children that stand open in the backend, or may. */
  readonly openChildren: number;
  /** Number given last to an episode that ended without a ticket. */
  readonly accountNo: number;
  /** The last of these numbers that a note on the root lists. */
  readonly accountedNo: number;
  /** A note that was sent tells that the root's own alert is over. */
  readonly rootOverTold: boolean;
  /** Rises with every change of what is wanted. */
  readonly revision: number;
  /** Failures in a row that concern the whole backend, and when the next try may be. */
  readonly attempts: number;
  readonly retryAt: number;
  /** When the group wants to be looked at, 0 at once; null: not before something happens. The only timer. */
  readonly dueAt: number | null;
}

/** Ended in one of these ways a group opens nothing more: who waits for a ticket begins the next group. */
export function opensNothing(head: GroupHead): boolean {
  return head.endedBy === 'person' || head.endedBy === 'reopen-refused';
}

/** An adopted group of which no alert was heard yet. */
export function isKeyless(head: GroupHead): boolean {
  return head.groupKey === head.id;
}

export function newGroupHead(
  given: Pick<
    GroupHead,
    'id' | 'groupKey' | 'instance' | 'openedAt' | 'acceptsUntil' | 'summary' | 'previousGroupId'
  >,
): GroupHead {
  return {
    ...given,
    accepting: true,
    endedBy: null,
    concluding: false,
    rootKey: null,
    rootOpenedAt: null,
    firstEpisodeId: null,
    nextOrdinal: 1,
    placed: 0,
    folded: 0,
    foldedTold: 0,
    firing: 0,
    openChildren: 0,
    accountNo: 0,
    accountedNo: 0,
    rootOverTold: false,
    revision: 0,
    attempts: 0,
    retryAt: 0,
    dueAt: null,
  };
}
