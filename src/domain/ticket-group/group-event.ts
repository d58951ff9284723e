/** One line of a group's history: what was decided or seen, and why. */
export interface GroupEvent {
  readonly groupId: string;
  /** Milliseconds of the store's clock. */
  readonly at: number;
  readonly kind: GroupEventKind;
  readonly ticketKey: string | null;
  readonly reason: string | null;
}

export type GroupEventKind =
  | 'group-opened'
  | 'membership-ended'
  | 'members-folded'
  | 'members-moved'
  | 'ticket-opened'
  | 'ticket-adopted'
  | 'presumed-over'
  | 'ticket-closed'
  | 'ticket-reopened'
  | 'person-decided'
  | 'write-refused'
  | 'write-failed'
  | 'outcome-unknown'
  | 'ticket-parked'
  | 'alert-doubtful'
  | 'flapping'
  | 'came-late'
  | 'duplicate-folded'
  | 'duplicate-left';
