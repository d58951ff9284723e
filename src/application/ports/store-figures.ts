/** Reads how things stand, in numbers. Never locks, and costs about the same however much is long over. */
export interface StoreFigures {
  /** Of one instance of a ticket backend, all at one moment. Throws `StoreUnavailableError` when the store fails. */
  read(instance: string, now: number): Promise<Figures>;
}

/** How things stand in the store. */
export interface Figures {
  /** Groups that want to be looked at now. */
  readonly groupsDue: number;
  /** Groups in which a member fires that no person has settled. */
  readonly groupsFiring: number;
  readonly episodes: EpisodeFigures;
  /** Tickets that cannot be delivered as they are, by the reason; a close or reopening that was refused is `refused`. */
  readonly parked: ReadonlyMap<string, number>;
  /** Since when (ms) the oldest change waits for its ticket, but for those in `parked`; null: no other waits. */
  readonly oldestUndelivered: number | null;
}

/** Open episodes; each is in one of the first three. */
export interface EpisodeFigures {
  readonly firing: number;
  /** Their end is known and does not count yet. */
  readonly held: number;
  /** They fire, and a person decided about their ticket. */
  readonly settled: number;
  /** Those of the firing and the held that once ended three times within an hour, each until it is over. */
  readonly flapping: number;
  /** Those that are presumed to fire since their ticket was adopted, and were not heard. */
  readonly presumed: number;
}
