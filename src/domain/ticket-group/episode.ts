import type { AlertContent } from '../alert/alert.js';
import type { Instant } from '../time/instant.js';

/**
 * - `firing`: it fires.
 * - `held`: its end is known but does not count yet (hold, or `auto_close: note`); it still counts as firing.
 * - `settled`: it fires, but a person decided about its ticket; it keeps no root open.
 * - `ended`: over.
 */
export type EpisodeState = 'firing' | 'held' | 'settled' | 'ended';

/** One firing of one alert key, gaps shorter than its hold included. */
export interface Episode {
  readonly id: string;
  readonly alertId: string;
  readonly groupId: string;
  /** Order of joining the group. */
  readonly ordinal: number;
  readonly state: EpisodeState;
  readonly startsAt: Instant;
  /** The newest startsAt heard: a `resolved` that ends before it is stale. */
  readonly newestStartsAt: Instant;
  readonly endsAt: Instant | null;
  /** When a held end counts (ms of the store's clock); null while held: when a person closes the ticket. */
  readonly holdUntil: number | null;
  /** How often it fired, gaps within the hold counted. */
  readonly firings: number;
  /** Its newest firing may be a late copy: it is not newer than an end already heard. */
  readonly doubtful: boolean;
  /** Beyond the cap: it never gets a ticket. */
  readonly folded: boolean;
  /** Correlation key of its ticket; null when folded, or over before its ticket was sent. */
  readonly ticketKey: string | null;
  /** Its number among those that ended without a ticket. */
  readonly accountNo: number | null;
  /** How many alerts ended in the same notification. */
  readonly endedTogether: number;
  readonly flappingTold: boolean;
  /**
   * Since when (ms of the store's clock) it is presumed to fire, because its ticket was found open by a store that knew
   * nothing of it; null: it was heard. Until it is, its start and what it is about are not known.
   */
  readonly presumedSince: number | null;
  /** It ended only because its tickets were in another backend than the one in use: its alert may have gone on. */
  readonly leftBehind: boolean;
  readonly content: AlertContent;
}

/** It keeps its root open. */
export function countsAsFiring(episode: Episode): boolean {
  return episode.state === 'firing' || episode.state === 'held';
}
