import type { GroupChanges } from '../../domain/ticket-group/group-slice.js';

/**
 * Is told what a transaction wrote of groups, after it is durable and once: what was rolled back is never told, and a
 * crash right after the commit may leave it untold. Never throws and never waits.
 */
export type CommitListener = (changes: readonly GroupChanges[]) => void;
