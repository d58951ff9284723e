/** When a transaction decides, and where its new ids come from. */
export interface Moment {
  /** The store's clock, in milliseconds. */
  readonly now: number;
  /** A new 128-bit id as 32 hex digits. */
  readonly newId: () => string;
}
