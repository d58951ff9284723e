import type { TicketSnapshot } from '../../../application/ports/ticket-backend.js';
import type { ChangePlace, TrackerTicket } from '../../persistence/embedded-tracker/sql-tracker.js';

/** As ids are written, and no larger than the column takes. */
const TICKET_ID = /^[1-9]\d{0,8}$/;
const CHANGE_CURSOR = /^(\d{1,15})\.(\d{1,9})$/;

/** The number of a ticket; null for a text that is no id. */
export function numberOf(id: string): number | null {
  return TICKET_ID.test(id) ? Number(id) : null;
}

export function snapshotOf(ticket: TrackerTicket): TicketSnapshot {
  const { correlation_key: key, alert_id: alertId, parent_id: parentId } = ticket;
  return {
    id: String(ticket.id),
    status: ticket.status,
    keyLine: key === null || alertId === null ? null : { key, alertId },
    parentId: parentId === null ? null : String(parentId),
    changedAt: String(ticket.revision),
  };
}

export function cursorOf(place: ChangePlace): string {
  return `${place.revision}.${place.id}`;
}

/** Where a cursor points; one that cannot be read points to the beginning, for there nothing is missed. */
export function placeOf(cursor: string): ChangePlace {
  const [, revision = 0, id = 0] = CHANGE_CURSOR.exec(cursor) ?? [];
  return { revision: Number(revision), id: Number(id) };
}
