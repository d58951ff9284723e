import type { GroupHead } from '../../../domain/ticket-group/group-head.js';
import type { GroupHeadColumns } from '../database-schema.js';
import { flag } from './column-values.js';

export function groupHeadRow(head: GroupHead): GroupHeadColumns {
  return {
    id: head.id,
    group_key: head.groupKey,
    instance: head.instance,
    opened_at: head.openedAt,
    accepts_until: head.acceptsUntil,
    accepting: flag(head.accepting),
    ended_by: head.endedBy,
    concluding: flag(head.concluding),
    summary: flag(head.summary),
    root_key: head.rootKey,
    root_opened_at: head.rootOpenedAt,
    previous_group_id: head.previousGroupId,
    first_episode_id: head.firstEpisodeId,
    next_ordinal: head.nextOrdinal,
    placed: head.placed,
    folded: head.folded,
    folded_told: head.foldedTold,
    firing: head.firing,
    open_children: head.openChildren,
    account_no: head.accountNo,
    accounted_no: head.accountedNo,
    root_over_told: flag(head.rootOverTold),
    revision: head.revision,
    attempts: head.attempts,
    retry_at: head.retryAt,
    due_at: head.dueAt,
  };
}

export function toGroupHead(row: GroupHeadColumns): GroupHead {
  return {
    id: row.id,
    groupKey: row.group_key,
    instance: row.instance,
    openedAt: row.opened_at,
    acceptsUntil: row.accepts_until,
    accepting: row.accepting === 1,
    endedBy: row.ended_by,
    concluding: row.concluding === 1,
    summary: row.summary === 1,
    rootKey: row.root_key,
    rootOpenedAt: row.root_opened_at,
    previousGroupId: row.previous_group_id,
    firstEpisodeId: row.first_episode_id,
    nextOrdinal: row.next_ordinal,
    placed: row.placed,
    folded: row.folded,
    foldedTold: row.folded_told,
    firing: row.firing,
    openChildren: row.open_children,
    accountNo: row.account_no,
    accountedNo: row.accounted_no,
    rootOverTold: row.root_over_told === 1,
    revision: row.revision,
    attempts: row.attempts,
    retryAt: row.retry_at,
    dueAt: row.due_at,
  };
}
