import type { AlertContent } from '../../../domain/alert/alert.js';
import type { Episode } from '../../../domain/ticket-group/episode.js';
import type { EpisodesTable } from '../database-schema.js';
import { flag } from './column-values.js';

export function episodeRow(episode: Episode): EpisodesTable {
  return {
    id: episode.id,
    alert_id: episode.alertId,
    group_id: episode.groupId,
    ordinal: episode.ordinal,
    state: episode.state,
    starts_at: episode.startsAt,
    newest_starts_at: episode.newestStartsAt,
    ends_at: episode.endsAt,
    hold_until: episode.holdUntil,
    firings: episode.firings,
    doubtful: flag(episode.doubtful),
    folded: flag(episode.folded),
    ticket_key: episode.ticketKey,
    account_no: episode.accountNo,
    ended_together: episode.endedTogether,
    flapping_told: flag(episode.flappingTold),
    presumed_since: episode.presumedSince,
    left_behind: flag(episode.leftBehind),
    content: JSON.stringify(episode.content),
  };
}

export function toEpisode(row: EpisodesTable): Episode {
  const content: AlertContent = JSON.parse(row.content);
  return {
    id: row.id,
    alertId: row.alert_id,
    groupId: row.group_id,
    ordinal: row.ordinal,
    state: row.state,
    startsAt: row.starts_at,
    newestStartsAt: row.newest_starts_at,
    endsAt: row.ends_at,
    holdUntil: row.hold_until,
    firings: row.firings,
    doubtful: row.doubtful === 1,
    folded: row.folded === 1,
    ticketKey: row.ticket_key,
    accountNo: row.account_no,
    endedTogether: row.ended_together,
    flappingTold: row.flapping_told === 1,
    presumedSince: row.presumed_since,
    leftBehind: row.left_behind === 1,
    content,
  };
}
