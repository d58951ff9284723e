/** Wakes who waits in this process: a commit rings for delivery, an answer of the backend rings for `?wait`. */
export interface Doorbell {
  /** Wakes everybody who waits now. Ringing when nobody waits is remembered by nobody. */
  ring(): void;
  /** Resolves at the next ring, or after so many milliseconds, whichever is first. */
  wait(milliseconds: number): Promise<void>;
}
