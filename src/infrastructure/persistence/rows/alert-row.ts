import type { AlertRecord } from '../../../domain/alert/alert-record.js';
import { labelsOfKeyText } from '../../../domain/alert/alert.js';
import type { AlertsTable } from '../database-schema.js';
import { foldedText } from './folded-text.js';

export function alertRow(record: AlertRecord): AlertsTable {
  return {
    id: record.id,
    key_text: record.keyText,
    search_text: searchText(record.keyText),
    newest_ends_at: record.newestEndsAt,
    recent_ends: JSON.stringify(record.recentEnds),
  };
}

/** What a person finds the alert by: its labels, each on a line. */
export function searchText(keyText: string): string {
  const lines = labelsOfKeyText(keyText).map(([name, value]) => `${name}:${value}`);
  return foldedText(lines.join('\n'));
}

export function toAlertRecord(row: AlertsTable): AlertRecord {
  const recentEnds: readonly number[] = JSON.parse(row.recent_ends);
  return { id: row.id, keyText: row.key_text, newestEndsAt: row.newest_ends_at, recentEnds };
}
