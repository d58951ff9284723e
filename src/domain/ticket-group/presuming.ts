import { isDoubtful, type AlertRecord } from '../alert/alert-record.js';
import type { Alert } from '../alert/alert.js';
import { instantFromMillis } from '../time/instant.js';
import type { Episode } from './episode.js';
import type { GroupSlice } from './group-slice.js';

/**
 * The first firing that is heard of an episode that is only presumed to fire: it is a repeat, and tells what the episode
 * is about. Only where a person settled it, and it starts after its ticket was found, is it another firing.
 */
export function heardPresumed(
  slice: GroupSlice,
  episode: Episode,
  { alert, record }: { readonly alert: Alert; readonly record: AlertRecord },
): 'known' | 'begins-anew' {
  const { startsAt, content } = alert;
  if (episode.state === 'settled' && startsAt > instantFromMillis(episode.presumedSince ?? 0)) {
    slice.putEpisode({ ...episode, state: 'ended', presumedSince: null });
    return 'begins-anew';
  }
  const doubtful = isDoubtful(record, startsAt);
  const newestStartsAt = startsAt;
  slice.putEpisode({ ...episode, startsAt, newestStartsAt, doubtful, content, presumedSince: null });
  return 'known';
}

/** The episode with what its end tells of it, where nothing was heard before. */
export function withWhatEnded(episode: Episode, { startsAt, endsAt, content }: Alert): Episode {
  if (episode.presumedSince === null) return episode;
  const known = { ...episode, content, presumedSince: null };
  // A start that was not sent is the time of arrival, and no start.
  return startsAt < endsAt ? { ...known, startsAt, newestStartsAt: startsAt } : known;
}

/**
 * A root whose own alert was never heard is over with the last of its children, however that went: it ended, or a person
 * settled it. Most roots outlive their own alert, and nobody would ever close it. One that never had children stays open.
 */
export function endPresumedRoot(slice: GroupSlice, now: number): void {
  const { head, root } = slice;
  const episode = root === null ? null : slice.episode(root.episodeId);
  if (root === null || episode === null) return;
  if (episode.presumedSince === null || episode.state !== 'firing') return;
  if (head.firing > 1 || head.placed <= 1) return;
  slice.putEpisode({ ...episode, state: 'ended' });
  slice.recordEvent('presumed-over', now, root.key, 'its own alert was not heard, and nothing else fires');
}
