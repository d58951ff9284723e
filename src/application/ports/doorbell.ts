/**
 * Wakes who waits in this process: a commit rings for delivery, an answer of the backend rings for `?wait`. Who takes
 * `rings` before looking for work and waits with it misses no ring in between.
 */
export interface Doorbell {
  /** How often it rang so far. */
  readonly rings: number;
  ring(): void;
  /** Resolves at the next ring, at once if it rang since, or after so many milliseconds, whichever is first. */
  wait(milliseconds: number, since: number): Promise<void>;
}
