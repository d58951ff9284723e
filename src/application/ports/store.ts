import type { AlertRecord } from '../../domain/alert/alert-record.js';
import type { GroupKey } from '../../domain/route/group-key.js';
import type { Episode } from '../../domain/ticket-group/episode.js';
import type { TicketGroup } from '../../domain/ticket-group/ticket-group.js';

/** The store cannot take or give anything now; trying again later may work. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
}

export interface Store {
  /**
   * Runs the work in one transaction: all of it is durable when the promise resolves, nothing of it when it rejects.
   * No ticket backend is called inside. Throws `StoreUnavailableError` when the store fails.
   */
  transaction<T>(work: (repositories: Repositories) => Promise<T>): Promise<T>;
}

export interface Repositories {
  readonly alerts: AlertRepository;
  readonly groups: TicketGroupRepository;
  readonly leases: GroupLeases;
  readonly deadLetters: DeadLetterRepository;
  readonly adoptions: Adoptions;
}

export interface AlertRepository {
  /** The records of those ids that have one. */
  find(ids: readonly string[]): Promise<ReadonlyMap<string, AlertRecord>>;
  save(records: readonly AlertRecord[]): Promise<void>;
}

/**
 * Loads a group as its head and a slice: never all members. Every slice holds the root, and for each of its tickets
 * the episode and the wanted notes, for each of its episodes the ticket. Loading locks the heads, in order of id, until
 * the transaction ends.
 */
export interface TicketGroupRepository {
  /** Groups with an open episode of these alerts, and the groups of these keys that take new members. */
  forIntake(alertIds: readonly string[], groupKeys: readonly string[]): Promise<readonly TicketGroup[]>;
  /**
   * The group with what is due at `now`: tickets that want work (those with an unanswered write first) and episodes
   * whose hold is over, the oldest first.
   */
  forDelivery(groupId: string, now: number): Promise<TicketGroup | null>;
  /** The group with tickets wanted open and episodes without a ticket that still fire: what its end must deal with. */
  forConclusion(groupId: string): Promise<TicketGroup | null>;
  /** Groups with these tickets, and groups with an open episode of these alerts. */
  forAdoption(ticketKeys: readonly string[], alertIds: readonly string[]): Promise<readonly TicketGroup[]>;
  /** The groups of these tickets. */
  forTickets(ticketKeys: readonly string[]): Promise<readonly TicketGroup[]>;
  /**
   * Groups of other instances than this that take members, fire or have not accounted for all that ended: their ids, in
   * order, from after the given one.
   */
  elsewhere(instance: string, after: string, limit: number): Promise<readonly string[]>;
  /**
   * When something of the group falls due after `now`, or a hold that is over already waits for its turn; null: nothing
   * does. Reads what this transaction saved, too.
   */
  nextDueAfter(groupId: string, now: number): Promise<number | null>;
  /** Sets when the group wants to be looked at next, and nothing else of it. */
  setDue(groupId: string, dueAt: number | null): Promise<void>;
  /**
   * The backend can be used again: every group of the instance that backs off, and every ticket that waits after a failure,
   * is due at once. Doing it again is harmless.
   */
  resume(instance: string): Promise<void>;
  /**
   * The store's clock was set back to `now`: what waits in groups of the instance for a later time is due at once, and an
   * unanswered write is asked about after its whole wait from `now` on. Holds keep their time. Doing it again is harmless.
   */
  clockSteppedBack(instance: string, now: number): Promise<void>;
  /** Writes what changed, and only that. */
  save(groups: readonly Pick<TicketGroup, 'changes'>[]): Promise<void>;

  /** Remembers what the hashes of group keys stand for. Saving one twice is harmless. */
  saveKeys(keys: ReadonlyMap<string, GroupKey>): Promise<void>;
  keyOf(groupKey: string): Promise<GroupKey | null>;
  /** The newest group of each of these keys that has one. */
  latestOf(groupKeys: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Id of a group's root ticket in that backend instance; null when it has none there. */
  rootReferenceOf(groupId: string, instance: string): Promise<string | null>;
  episode(id: string): Promise<Episode | null>;
  /** Episodes that ended without a ticket, in order of their account number, from after the given one. */
  unaccounted(groupId: string, after: number, limit: number): Promise<readonly Episode[]>;
  /** Folded episodes that fire, the oldest first. */
  firingFolded(groupId: string, limit: number): Promise<readonly Episode[]>;
  /** Tickets whose last write is answered and not read back, the oldest first; without those that wait at this time (ms). */
  unverified(instance: string, limit: number, now: number): Promise<readonly UnverifiedTicket[]>;
}

export interface UnverifiedTicket {
  readonly key: string;
  readonly reference: string;
  readonly writeNumber: number;
  readonly writtenAt: number;
}

/** One writer per group: who holds the lease may call the backend for it. */
export interface GroupLeases {
  /** Takes up to `limit` groups of the instance that are due and not held: roots to open first, then by due time. */
  claimDue(claim: LeaseClaim): Promise<readonly Lease[]>;
  /** Holds it until the given time (ms); false when somebody else has taken the group since. */
  renew(lease: Lease, until: number): Promise<boolean>;
  /** Gives it back; harmless when it is held no longer. */
  release(lease: Lease): Promise<void>;
  /** Takes every lease from whoever holds it: for the start of a process that alone uses the store. */
  releaseAll(): Promise<void>;
  /** When the next group of the instance falls due, or the lease of one that is due runs out; null: none does. */
  nextDue(instance: string, now: number): Promise<number | null>;
}

export interface LeaseClaim {
  readonly instance: string;
  readonly owner: string;
  readonly now: number;
  readonly until: number;
  readonly limit: number;
}

export interface Lease {
  readonly groupId: string;
  /** Rises with each claim: an answer under an older one does not count. */
  readonly fence: number;
}

/**
 * Which ticket backend is it whose open tickets the store knows, because it made them or has adopted them. There is one
 * at most: while tickets are kept in another backend, what becomes of those of the first is not known.
 */
export interface Adoptions {
  isDone(instance: string): Promise<boolean>;
  /** None is known any more, until one is done again. */
  forget(): Promise<void>;
  /** Doing it again is harmless. */
  done(instance: string, at: number): Promise<void>;
}

/** An alert that could not be understood, kept so that it is not lost. */
export interface DeadLetter {
  readonly id: string;
  readonly source: string;
  readonly receivedAt: number;
  readonly problem: string;
  /** The alert as it was sent, as JSON text. */
  readonly body: string;
}

export interface DeadLetterRepository {
  /** The same letter is kept once, with the time when it last came. */
  save(letters: readonly DeadLetter[]): Promise<void>;
}
