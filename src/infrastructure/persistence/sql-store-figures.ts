import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely';
import type { Figures, StoreFigures } from '../../application/ports/store-figures.js';
import type { Parking, WantedStatus } from '../../domain/ticket-group/ticket.js';
import type { Database, DatabaseSchema } from './database-schema.js';
import { readSnapshot } from './run-transaction.js';

/** These two in the words of their indexes, or those are not used. */
const FLAPPING = sql<SqlBool>`(episodes.flapping_told = 1 and episodes.state in ('firing', 'held'))`;

const PRESUMED = sql<SqlBool>`(episodes.presumed_since is not null and episodes.state <> 'ended')`;

/** What the domain calls its standing, of a ticket that exists and is ours. */
const OPEN_OR_CLOSED = sql<WantedStatus>`coalesce(
  tickets.written, case tickets.seen when 'closed' then 'closed' else 'open' end)`;

/**
 * What the domain says of a refusal, of a ticket that has one. Both dialects search its JSON as text: within its words
 * a quotation mark has a backslash before it, so nothing that they say is taken for a field.
 */
const REFUSAL_STANDS = sql<SqlBool>`(tickets.refused not like '%"secondTry":"due"%'
  and tickets.refused like '%"status":"' || tickets.wanted || '"%'
  and (tickets.reference is null or tickets.seen in ('missing', 'foreign') or tickets.wanted <> ${OPEN_OR_CLOSED}))`;

/**
 * Each figure is a statement or two over an index that holds only what the figure is about. No index holds every alert
 * that fires: in a storm there are as many as ten thousand, and their groups count them.
 */
export class SqlStoreFigures implements StoreFigures {
  constructor(private readonly database: Database) {}

  read(instance: string, now: number): Promise<Figures> {
    return readSnapshot(this.database, async (snapshot) => {
      const due = await groupsDue(snapshot, instance, now);
      const firing = await firingGroups(snapshot, instance);
      const held = await countEpisodes(snapshot, instance, (one) => one('state', '=', sql.lit('held')));
      const settled = await countEpisodes(snapshot, instance, (one) => one('state', '=', sql.lit('settled')));
      const flapping = await countEpisodes(snapshot, instance, () => FLAPPING);
      const presumed = await countEpisodes(snapshot, instance, () => PRESUMED);
      return {
        groupsDue: due,
        groupsFiring: firing.groups,
        episodes: { firing: firing.episodes - held, held, settled, flapping, presumed },
        parked: await parkedByReason(snapshot, instance),
        oldestUndelivered: await oldestUndelivered(snapshot, instance, now),
      };
    });
  }
}

async function groupsDue(database: Database, instance: string, now: number): Promise<number> {
  const row = await database
    .selectFrom('ticket_groups')
    .select((group) => group.fn.countAll<number>().as('count'))
    .where('instance', '=', instance)
    .where('due_at', '<=', now)
    .executeTakeFirst();
  return row?.count ?? 0;
}

/** The heads count what fires in their groups, ends that are held included. */
async function firingGroups(
  database: Database,
  instance: string,
): Promise<{ readonly groups: number; readonly episodes: number }> {
  const row = await database
    .selectFrom('ticket_groups')
    .select((group) => [
      group.fn.countAll<number>().as('groups'),
      group.fn.sum<number | null>('firing').as('episodes'),
    ])
    .where('instance', '=', instance)
    .where('firing', '>', sql.lit(0))
    .executeTakeFirst();
  return { groups: row?.groups ?? 0, episodes: row?.episodes ?? 0 };
}

async function countEpisodes(
  database: Database,
  instance: string,
  which: (episode: ExpressionBuilder<DatabaseSchema, 'episodes'>) => Expression<SqlBool>,
): Promise<number> {
  const row = await database
    .selectFrom('episodes')
    .select((episode) => episode.fn.countAll<number>().as('count'))
    .where(which)
    .where((episode) =>
      episode.exists(
        episode
          .selectFrom('ticket_groups')
          .select(sql.lit(1).as('one'))
          .whereRef('ticket_groups.id', '=', 'episodes.group_id')
          .where('ticket_groups.instance', '=', instance),
      ),
    )
    .executeTakeFirst();
  return row?.count ?? 0;
}

/** One that is parked is not counted as refused, too. */
async function parkedByReason(database: Database, instance: string): Promise<ReadonlyMap<string, number>> {
  const stuck = database
    .selectFrom('tickets')
    .innerJoin('ticket_groups', 'ticket_groups.id', 'tickets.group_id')
    .where('ticket_groups.instance', '=', instance);
  const parked = await stuck
    .select((ticket) => ['tickets.parked as parking', ticket.fn.countAll<number>().as('count')])
    .where('tickets.parked', 'is not', null)
    .groupBy('tickets.parked')
    .execute();
  const refused = await stuck
    .select((ticket) => ticket.fn.countAll<number>().as('count'))
    .where('tickets.parked', 'is', null)
    .where('tickets.refused', 'is not', null)
    .where(REFUSAL_STANDS)
    .executeTakeFirst();
  const counts = new Map<string, number>();
  for (const { parking, count } of parked) {
    const { reason }: Parking = JSON.parse(parking ?? '{}');
    counts.set(reason, (counts.get(reason) ?? 0) + count);
  }
  const standing = refused?.count ?? 0;
  return standing === 0 ? counts : counts.set('refused', standing);
}

async function oldestUndelivered(database: Database, instance: string, now: number): Promise<number | null> {
  const waiting = database
    .selectFrom('tickets')
    .innerJoin('ticket_groups', 'ticket_groups.id', 'tickets.group_id')
    .where('ticket_groups.instance', '=', instance)
    .where('tickets.work_at', 'is not', null)
    .where('tickets.parked', 'is', null)
    .where((ticket) => ticket.or([ticket('tickets.refused', 'is', null), ticket.not(REFUSAL_STANDS)]));
  const status = await waiting
    .select((ticket) => ticket.fn.min('tickets.wanted_since').as('at'))
    .where(isNotAsWanted)
    .executeTakeFirst();
  const note = await waiting
    .innerJoin('ticket_notes', 'ticket_notes.ticket_key', 'tickets.key')
    .select((one) => one.fn.min('ticket_notes.not_before').as('at'))
    .where('ticket_notes.state', '=', sql.lit('wanted'))
    .where('ticket_notes.not_before', '<=', now)
    .executeTakeFirst();
  const times = [status?.at ?? null, note?.at ?? null].filter((at) => at !== null);
  return times.length === 0 ? null : Math.min(...times);
}

/** It is still to be opened, or stands otherwise than wanted and its status is ours. A write that was answered counts. */
function isNotAsWanted(ticket: ExpressionBuilder<DatabaseSchema, 'tickets'>): Expression<SqlBool> {
  return ticket.or([
    ticket('reference', 'is', null).and('wanted', '=', 'open'),
    ticket('reference', 'is not', null)
      .and('seen', 'not in', ['missing', 'foreign'])
      .and('personal', '=', 0)
      .and('wanted', '<>', 'none')
      .and('wanted', '<>', OPEN_OR_CLOSED),
  ]);
}
