import type { AlertRecord } from '../../../domain/alert/alert-record.js';
import type { AlertsTable } from '../database-schema.js';

export function alertRow(record: AlertRecord): AlertsTable {
  return {
    id: record.id,
    key_text: record.keyText,
    newest_ends_at: record.newestEndsAt,
    recent_ends: JSON.stringify(record.recentEnds),
  };
}

export function toAlertRecord(row: AlertsTable): AlertRecord {
  const recentEnds: readonly number[] = JSON.parse(row.recent_ends);
  return { id: row.id, keyText: row.key_text, newestEndsAt: row.newest_ends_at, recentEnds };
}
