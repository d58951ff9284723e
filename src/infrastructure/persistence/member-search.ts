import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely';
import type { GroupSearch } from '../../application/ports/ticket-group-queries.js';
import type { DatabaseSchema } from './database-schema.js';
import { foldedText } from './rows/folded-text.js';

/** The condition on `ticket_groups` for the groups with a member that has all of these words in its labels. */
export function hasMemberWith(
  search: GroupSearch,
): (group: ExpressionBuilder<DatabaseSchema, 'ticket_groups'>) => Expression<SqlBool> {
  if (search.length === 0) return () => sql<SqlBool>`1 = 1`;
  // Alerts come first and by themselves: there are far fewer of them than of their episodes.
  return (group) =>
    group(
      'ticket_groups.id',
      'in',
      group
        .selectFrom('episodes')
        .select('episodes.group_id')
        .where('episodes.alert_id', 'in', (alert) =>
          alert
            .selectFrom('alerts')
            .select('alerts.id')
            .where((text) => text.and(search.map(contains))),
        ),
    );
}

/** What is special in a pattern stands for itself. */
function contains(word: string): Expression<SqlBool> {
  const pattern = `%${foldedText(word).replace(/[\\%_]/g, '\\$&')}%`;
  return sql<SqlBool>`alerts.search_text like ${pattern} escape '\\'`;
}
