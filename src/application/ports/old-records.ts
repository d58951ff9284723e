/** Forgets what is long over. Every call is one short transaction; throws `StoreUnavailableError` when the store fails. */
export interface OldRecords {
  /**
   * Groups in which nothing is open, wanted, in doubt or due, and nothing happened since: with their episodes, tickets,
   * notes and events, the records of alerts that nothing else knows of, and their keys, where no other group has them.
   * A group of another backend instance is old when nobody heard of it since and none of its episodes is open; what
   * became of its tickets will not be known. A large group goes bit by bit, and takes no more members from the first.
   */
  forgetGroups(age: Age, step: Step): Promise<Swept>;
  /** Records of alerts whose newest end is old and that have no episode. */
  forgetAlerts(age: Age, step: Step): Promise<Swept>;
  /** Lines of histories, of groups that live on, too. */
  forgetEvents(age: Age, step: Step): Promise<Swept>;
  /** Dead letters that last came before. */
  forgetDeadLetters(age: Age, step: Step): Promise<Swept>;
}

/** Times are milliseconds of the store's clock. */
export interface Age {
  /** What happened last before this is old. */
  readonly before: number;
  /** The ticket backend instance in use. */
  readonly instance: string;
}

export interface Step {
  /** Where the step before stopped; empty: from the start. */
  readonly after: string;
  /** About so many rows are deleted at most. */
  readonly rows: number;
}

export interface Swept {
  /** How many groups, alerts, events or dead letters went. */
  readonly forgotten: number;
  /** Where the next step goes on; null: there is nothing more. */
  readonly next: string | null;
}
