import type {
  Parking,
  Refusal,
  Ticket,
  TicketCopy,
  WriteIntent,
} from '../../../domain/ticket-group/ticket.js';
import type { TicketsTable } from '../database-schema.js';
import { flag, jsonOrNull } from './column-values.js';

export function ticketRow(ticket: Ticket): TicketsTable {
  return {
    key: ticket.key,
    group_id: ticket.groupId,
    ordinal: ticket.ordinal,
    episode_id: ticket.episodeId,
    alert_id: ticket.alertId,
    wanted: ticket.wanted,
    wanted_since: ticket.wantedSince,
    reference: ticket.reference,
    seen: ticket.seen,
    seen_at: ticket.seenAt,
    written: ticket.written,
    written_at: ticket.writtenAt,
    write_number: ticket.writeNumber,
    intent: jsonOrNull(ticket.intent),
    refused: jsonOrNull(ticket.refused),
    personal: flag(ticket.personal),
    parked: jsonOrNull(ticket.parked),
    attempts: ticket.attempts,
    retry_at: ticket.retryAt,
    copies: jsonOrNull(ticket.copies.length === 0 ? null : ticket.copies),
    work_at: ticket.workAt,
  };
}

export function toTicket(row: TicketsTable): Ticket {
  const intent: WriteIntent | null = row.intent === null ? null : JSON.parse(row.intent);
  const refused: Refusal | null = row.refused === null ? null : JSON.parse(row.refused);
  const parked: Parking | null = row.parked === null ? null : JSON.parse(row.parked);
  const copies: readonly TicketCopy[] = row.copies === null ? [] : JSON.parse(row.copies);
  return {
    key: row.key,
    groupId: row.group_id,
    ordinal: row.ordinal,
    episodeId: row.episode_id,
    alertId: row.alert_id,
    wanted: row.wanted,
    wantedSince: row.wanted_since,
    reference: row.reference,
    seen: row.seen,
    seenAt: row.seen_at,
    written: row.written,
    writtenAt: row.written_at,
    writeNumber: row.write_number,
    intent,
    refused,
    personal: row.personal === 1,
    parked,
    attempts: row.attempts,
    retryAt: row.retry_at,
    copies,
    workAt: row.work_at,
  };
}
