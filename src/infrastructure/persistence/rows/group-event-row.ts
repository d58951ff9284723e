import type { GroupEvent } from '../../../domain/ticket-group/group-event.js';
import type { GroupEventColumns } from '../database-schema.js';

export function groupEventRow(event: GroupEvent): GroupEventColumns {
  return {
    group_id: event.groupId,
    at: event.at,
    kind: event.kind,
    ticket_key: event.ticketKey,
    reason: event.reason,
  };
}

export function toGroupEvent(row: GroupEventColumns): GroupEvent {
  return { groupId: row.group_id, at: row.at, kind: row.kind, ticketKey: row.ticket_key, reason: row.reason };
}
