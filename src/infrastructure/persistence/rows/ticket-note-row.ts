import type { NoteFact, TicketNote } from '../../../domain/ticket-group/ticket-note.js';
import type { TicketNotesColumns } from '../database-schema.js';

export function ticketNoteRow(note: TicketNote): TicketNotesColumns {
  return {
    id: note.id,
    group_id: note.groupId,
    ticket_key: note.ticketKey,
    fact: JSON.stringify(note.fact),
    not_before: note.notBefore,
    state: note.state,
    text: note.text,
    created_at: note.createdAt,
  };
}

export function toTicketNote(row: TicketNotesColumns): TicketNote {
  const fact: NoteFact = JSON.parse(row.fact);
  return {
    id: row.id,
    groupId: row.group_id,
    ticketKey: row.ticket_key,
    fact,
    notBefore: row.not_before,
    state: row.state,
    text: row.text,
    createdAt: row.created_at,
  };
}
