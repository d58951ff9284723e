import type { NameValue } from '../../../domain/alert/label-set.js';
import type { GroupKey } from '../../../domain/route/group-key.js';
import type { GroupKeysTable } from '../database-schema.js';

export function groupKeyRow(id: string, key: GroupKey): GroupKeysTable {
  return { id, source: key.source, route: key.route, label_values: JSON.stringify(key.values) };
}

export function toGroupKey(row: GroupKeysTable): GroupKey {
  const values: readonly NameValue[] = JSON.parse(row.label_values);
  return { source: row.source, route: row.route, values };
}
