import { sql, type SqlBool } from 'kysely';
import type { Age, OldRecords, Step, Swept } from '../../application/ports/old-records.js';
import { instantFromMillis } from '../../domain/time/instant.js';
import type { Database } from './database-schema.js';
import { deleteMembers, forgetUnknownAlerts } from './deleting-groups.js';
import { runTransaction } from './run-transaction.js';
import type { Watch } from './store-health.js';

/** So many groups are looked at in a step: most of them stay, where many are stuck. */
const GROUPS_AT_ONCE = 25;

export class SqlOldRecords implements OldRecords {
  /** What fails for the store's sake is told to whoever watches. */
  constructor(
    private readonly database: Database,
    private readonly watch: Watch = (work) => work(),
  ) {}

  forgetGroups(age: Age, { after, rows }: Step): Promise<Swept> {
    return this.transaction(async (database) => {
      const seen = await groupsOpenedBefore(database, age.before, after);
      const last = seen.at(-1);
      if (last === undefined) return { forgotten: 0, next: null };
      const old = await thoseOfThemThatAreOld(
        database,
        seen.map(({ id }) => id),
        age,
      );
      if (old.length === 0) return { forgotten: 0, next: placeOf(last) };
      await takeNoMembers(database, old);
      const deleted = await deleteMembers(database, old, { age, rows });
      if (deleted >= rows) return { forgotten: 0, next: after };
      await deleteHeads(database, old);
      return { forgotten: old.length, next: placeOf(last) };
    });
  }

  forgetAlerts(age: Age, { after, rows }: Step): Promise<Swept> {
    return this.transaction(async (database) => {
      const [endedAt = '', lastId = ''] = after.split(' ');
      const seen = await database
        .selectFrom('alerts')
        .select(['id', 'newest_ends_at'])
        .where('newest_ends_at', 'is not', null)
        .where('newest_ends_at', '<', instantFromMillis(age.before))
        .where(sql<SqlBool>`(newest_ends_at, id) > (${endedAt}, ${lastId})`)
        .orderBy('newest_ends_at')
        .orderBy('id')
        .limit(rows)
        .execute();
      const last = seen.at(-1);
      if (last === undefined) return { forgotten: 0, next: null };
      const ids = seen.map(({ id }) => id);
      const forgotten = await forgetUnknownAlerts(database, ids, age);
      return { forgotten, next: `${last.newest_ends_at} ${last.id}` };
    });
  }

  /** They are gone through as they came, up to where none is old any more: times may be out of order by clock steps. */
  forgetEvents(age: Age, { after, rows }: Step): Promise<Swept> {
    return this.transaction(async (database) => {
      const seen = await database
        .selectFrom('group_events')
        .select(['no', 'at'])
        .where('no', '>', Number(after))
        .orderBy('no')
        .limit(rows)
        .execute();
      const old = seen.filter(({ at }) => at < age.before).map(({ no }) => no);
      const last = seen.at(-1);
      if (last === undefined || old.length === 0) return { forgotten: 0, next: null };
      await database.deleteFrom('group_events').where('no', 'in', old).execute();
      return { forgotten: old.length, next: String(last.no) };
    });
  }

  forgetDeadLetters(age: Age, { after, rows }: Step): Promise<Swept> {
    return this.transaction(async (database) => {
      const old = database
        .selectFrom('dead_letters')
        .select('id')
        .where('received_at', '<', age.before)
        .orderBy('received_at')
        .limit(rows);
      const { numDeletedRows } = await database
        .deleteFrom('dead_letters')
        .where('id', 'in', old)
        .executeTakeFirstOrThrow();
      const forgotten = Number(numDeletedRows);
      return { forgotten, next: forgotten < rows ? null : after };
    });
  }

  private transaction(work: (database: Database) => Promise<Swept>): Promise<Swept> {
    return this.watch(() => runTransaction(this.database.transaction(), work));
  }
}

interface SeenGroup {
  readonly id: string;
  readonly opened_at: number;
  readonly no: number;
}

function placeOf(group: SeenGroup): string {
  return `${group.opened_at} ${group.no}`;
}

function groupsOpenedBefore(
  database: Database,
  before: number,
  after: string,
): Promise<readonly SeenGroup[]> {
  const [openedAt = 0, no = 0] = after.split(' ').map(Number);
  return database
    .selectFrom('ticket_groups')
    .select(['id', 'opened_at', 'no'])
    .where('opened_at', '<', before)
    .where(sql<SqlBool>`(opened_at, no) > (${openedAt}, ${no})`)
    .orderBy('opened_at')
    .orderBy('no')
    .limit(GROUPS_AT_ONCE)
    .execute();
}

async function thoseOfThemThatAreOld(
  database: Database,
  ids: readonly string[],
  age: Age,
): Promise<readonly string[]> {
  const rows = await database
    .selectFrom('ticket_groups')
    .select('id')
    .where('id', 'in', ids)
    .where('lease_owner', 'is', null)
    .where((group) =>
      group.or([
        group('accepting', '=', 0),
        group('accepts_until', 'is', null),
        group('accepts_until', '<', age.before),
      ]),
    )
    .where((group) => group.or([group('instance', '<>', age.instance), NOTHING_IS_LEFT_TO_DO]))
    .where(nothingHappenedSince(age))
    .execute();
  return rows.map(({ id }) => id);
}

/** As `isUnfinished` has it, and whatever else delivery or the verifier would still do. */
const NOTHING_IS_LEFT_TO_DO = sql<SqlBool>`(
  firing = 0 and open_children = 0 and concluding = 0 and due_at is null
  and not exists (
    select 1 from tickets where tickets.group_id = ticket_groups.id and (
      wanted = 'open' or (wanted = 'closed' and seen in ('absent', 'open', 'resolved'))
      or intent is not null or written is not null or work_at is not null or parked is not null
    )
  )
)`;

/** No episode is open, settled ones included. The states are named one by one, so that an index finds them. */
function nothingHappenedSince({ before }: Age): ReturnType<typeof sql<SqlBool>> {
  return sql<SqlBool>`(
    not exists (
      select 1 from episodes
      where episodes.group_id = ticket_groups.id and state in ('firing', 'held', 'settled')
    )
    and not exists (select 1 from tickets where tickets.group_id = ticket_groups.id and seen_at >= ${before})
    and not exists (
      select 1 from group_events where group_events.group_id = ticket_groups.id and at >= ${before}
    )
  )`;
}

/** Deleting takes several transactions for a large group; what is half gone must not come to life again. */
async function takeNoMembers(database: Database, ids: readonly string[]): Promise<void> {
  await database
    .updateTable('ticket_groups')
    .set({ accepting: 0, ended_by: 'span' })
    .where('id', 'in', ids)
    .where('accepting', '=', 1)
    .execute();
}

/** The key of a group outlives it as long as another group has it. */
async function deleteHeads(database: Database, ids: readonly string[]): Promise<void> {
  const deleted = await database
    .deleteFrom('ticket_groups')
    .where('id', 'in', ids)
    .returning('group_key')
    .execute();
  const keys = deleted.map((group) => group.group_key);
  await database
    .deleteFrom('group_keys')
    .where('id', 'in', keys)
    .where(sql<SqlBool>`not exists (select 1 from ticket_groups where group_key = group_keys.id)`)
    .execute();
}
