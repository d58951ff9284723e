import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely';
import type { GroupStateFilter } from '../../application/ports/ticket-group-queries.js';
import type { DatabaseSchema } from './database-schema.js';

type Group = ExpressionBuilder<DatabaseSchema, 'ticket_groups'>;

/** The condition on `ticket_groups` for the groups in that state; null: for all of them. */
export function inState(filter: GroupStateFilter | null): (group: Group) => Expression<SqlBool> {
  if (filter === null) return () => sql<SqlBool>`1 = 1`;
  if (filter === 'parked') return isParked;
  return filter === 'open' ? isOpen : (group) => group.not(isOpen(group));
}

/** A ticket of it is parked, or was refused what is still wanted: as `isStuck` has it. */
function isParked(group: Group): Expression<SqlBool> {
  return group.exists(
    group
      .selectFrom('tickets')
      .select('tickets.key')
      .whereRef('tickets.group_id', '=', 'ticket_groups.id')
      .where((ticket) => ticket.or([ticket('parked', 'is not', null), ticket('refused', 'is not', null)]))
      .where((ticket) => ticket.or([ticket('parked', 'is not', null), refusalStands])),
  );
}

/** Within a text of JSON a quotation mark is escaped: these patterns find the properties and nothing else. */
const refusalStands = sql<SqlBool>`(reference is not null and seen not in ('missing', 'foreign')
  and refused like '%"status":"' || wanted || '"%'
  and refused not like '%"secondTry":"due"%'
  and wanted <> coalesce(written, case seen when 'closed' then 'closed' else 'open' end))`;

/** A member fires, settled or not, a child may stand open, or the root does or is to. */
function isOpen(group: Group): Expression<SqlBool> {
  return group.or([
    group('firing', '>', 0),
    group('open_children', '>', 0),
    group.exists(openRoot(group)),
    group.exists(settledMember(group)),
  ]);
}

function settledMember(group: Group): Expression<unknown> {
  return group
    .selectFrom('episodes')
    .select('episodes.id')
    .whereRef('episodes.group_id', '=', 'ticket_groups.id')
    .where('episodes.state', '=', sql.lit('settled'));
}

function openRoot(group: Group): Expression<unknown> {
  return group
    .selectFrom('tickets')
    .select('tickets.key')
    .whereRef('tickets.key', '=', 'ticket_groups.root_key')
    .where((ticket) =>
      ticket.or([
        ticket('wanted', '=', 'open'),
        ticket('reference', 'is not', null).and('seen', 'in', ['open', 'resolved']),
      ]),
    );
}
