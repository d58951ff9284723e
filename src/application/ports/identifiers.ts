import type { Hash } from '../../domain/alert/alert.js';

/** Where ids, hashes and chance come from, so that the domain stays pure and tests repeatable. */
export interface Identifiers {
  /** A new 128-bit id as 32 hex digits. */
  next(): string;
  /** A number in [0, 1), for jitter. */
  chance(): number;
  /** SHA-256 in hex. */
  readonly hash: Hash;
}
