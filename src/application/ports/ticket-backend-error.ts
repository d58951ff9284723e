/** Also the label of metrics and log lines: a closed set. */
export type TicketBackendErrorReason =
  | 'unavailable' // not reached, or it answered that it cannot now
  | 'server-error' // it failed at this request; another may well succeed
  | 'timeout'
  | 'rate-limited'
  | 'unauthorized' // key
  | 'forbidden' // rights, archived or closed project
  | 'not-found' // the ticket
  | 'parent-closed' // parent closed, missing or not allowed
  | 'conflict' // somebody else wrote at the same time
  | 'rejected' // the data
  | 'invalid-response'; // not an answer of the backend

/** The only error that a ticket backend throws. Its message names what to do and never contains a key. */
export class TicketBackendError extends Error {
  override readonly name = 'TicketBackendError';
  readonly reason: TicketBackendErrorReason;
  /** Trying the same again later can work without anybody changing anything. */
  readonly retryable: boolean;
  /**
   * `none`: the backend did not do it. `unknown-finished`: it may have, and is done with it. `unknown-pending`: it may
   * have, or may still do it.
   */
  readonly effect: 'none' | 'unknown-finished' | 'unknown-pending';
  /** What somebody must do before it can work; empty when waiting is enough. */
  readonly remedy: string;
  /** For how long (ms) the backend asks not to be asked anything, from now on; null: it does not. */
  readonly retryAfterMs: number | null;

  constructor(
    message: string,
    given: Pick<TicketBackendError, 'reason' | 'retryable' | 'effect'> & {
      readonly remedy?: string;
      readonly retryAfterMs?: number | null;
      readonly cause?: unknown;
    },
  ) {
    super(message, { cause: given.cause });
    this.reason = given.reason;
    this.retryable = given.retryable;
    this.effect = given.effect;
    this.remedy = given.remedy ?? '';
    this.retryAfterMs = given.retryAfterMs ?? null;
  }
}
