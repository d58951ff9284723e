import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely';
import type { GroupStateFilter } from '../../application/ports/ticket-group-queries.js';
import type { DatabaseSchema } from './database-schema.js';

type Group = ExpressionBuilder<DatabaseSchema, 'ticket_groups'>;

/** The condition on `ticket_groups` for the groups in that state; null: for all of them. */
export function inState(filter: GroupStateFilter | null): (group: Group) => Expression<SqlBool> {
  if (filter === null) return () => sql<SqlBool>`1 = 1`;
  if (filter === 'parked') return isParked;
  return (group) => (filter === 'open' ? isOpen : group.not(isOpen));
}

/** A ticket of it is parked, or was refused what is still wanted: as `isStuck` has it. */
function isParked(group: Group): Expression<SqlBool> {
  const stuck = group
    .selectFrom('tickets')
    .select('tickets.group_id')
    .where((ticket) => ticket.or([ticket('parked', 'is not', null), ticket('refused', 'is not', null)]))
    .where((ticket) => ticket.or([ticket('parked', 'is not', null), refusalStands]));
  return group('ticket_groups.id', 'in', stuck);
}

/** Within a text of JSON a quotation mark is escaped: these patterns find the properties and nothing else. */
const refusalStands = sql<SqlBool>`(reference is not null and seen not in ('missing', 'foreign')
  and refused like '%"status":"' || wanted || '"%'
  and refused not like '%"secondTry":"due"%'
  and wanted <> coalesce(written, case seen when 'closed' then 'closed' else 'open' end))`;

/**
 * A member fires, settled or not, a child may stand open, or a ticket is unfinished, as `isUnfinished` has it. Each part
 * has an index that holds nothing else, so it is written as it stands there: what is over is not looked at.
 */
const isOpen = sql<SqlBool>`ticket_groups.id in (
  select id from ticket_groups where firing > 0 or open_children > 0
  union select group_id from episodes where state = 'settled'
  union select group_id from tickets
    where wanted = 'open' or (wanted = 'closed' and seen in ('absent', 'open', 'resolved'))
)`;
