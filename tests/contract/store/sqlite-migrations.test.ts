import { sql, type Kysely } from 'kysely';
import type { Episode } from '../../../src/domain/ticket-group/episode.js';
import { migrateToLatest } from '../../../src/infrastructure/persistence/migrations/index.js';
import { aGroup, aHead, anAlertRecord, anEpisode, aTicket } from '../../support/builders/rows.js';
import { openSqliteHarness, type SqliteHarness } from './sqlite-harness.js';
import { ask, save } from './store-harness.js';

const WITHOUT_RETENTION = [
  'drop index episodes_of_group',
  'drop index ticket_groups_by_age',
  'drop index alerts_ended',
];
const WITHOUT_LEFT_BEHIND = ['alter table episodes drop column left_behind'];
const WITHOUT_ADOPTION = [
  'drop index episodes_presumed',
  'alter table episodes drop column presumed_since',
  'drop table adoptions',
];

describe('a database of an earlier version', () => {
  let harness: SqliteHarness;
  beforeEach(async () => {
    harness = await openSqliteHarness();
  });
  afterEach(() => harness.close());

  it('finds alerts that a version without search has kept', async () => {
    await harness.store.transaction(({ alerts }) => alerts.save([anAlertRecord({ id: 'DiskFull' })]));
    await save(harness, aGroup(aHead(), { episodes: [anEpisode({ alertId: 'DiskFull' })] }));
    for (const undo of [
      ...WITHOUT_LEFT_BEHIND,
      ...WITHOUT_ADOPTION,
      'drop index ticket_groups_firing',
      'drop index episodes_flapping',
      'drop index ticket_groups_open',
      'drop index tickets_unfinished',
      ...WITHOUT_RETENTION,
      'drop index episodes_over_without_ticket',
      'drop index episodes_of_alert',
      'drop index episodes_settled',
      'alter table alerts drop column search_text',
      'alter table tickets drop column copies',
      'alter table embedded_ticket drop column created_revision',
      `delete from kysely_migration where name >= '0005-search'`,
    ])
      await sql.raw(undo).execute(harness.database);

    expect(await migrateToLatest(harness.database)).toContain('0005-search');
    expect((await harness.queries.list(null, 1, 1, ['diskfull'])).total).toBe(1);
  });

  it.each([
    ['has no need of adopting them', '4711', true],
    ['adopts what it finds where it never made any', null, false],
  ])('that made tickets before it could adopt any %s', async (_what, reference, isDone) => {
    const older = aGroup(aHead({ id: 'older', instance: 'another' }), {
      tickets: [aTicket({ key: 'older', groupId: 'older', reference: '1' })],
    });
    await save(harness, older);
    await save(harness, aGroup(aHead(), { tickets: [aTicket({ reference })] }));
    for (const undo of [
      ...WITHOUT_LEFT_BEHIND,
      ...WITHOUT_RETENTION,
      ...WITHOUT_ADOPTION,
      `delete from kysely_migration where name >= '0009-adoption'`,
    ])
      await sql.raw(undo).execute(harness.database);

    await migrateToLatest(harness.database);

    const done = (instance: string) =>
      harness.store.transaction(({ adoptions }) => adoptions.isDone(instance));
    expect([await done('backend'), await done('another')]).toEqual([isDone, false]);
  });

  it('knows of episodes that a version before left behind, as far as that shows', async () => {
    const moved = [
      anEpisodeOf('moved', 'a'),
      anEpisodeOf('moved', 'b', { state: 'settled' }),
      anEpisodeOf('moved', 'c', { ticketKey: null }),
    ];
    await save(
      harness,
      aGroup(aHead({ id: 'moved', accepting: false, endedBy: 'backend' }), { episodes: moved }),
      aGroup(aHead(), { episodes: [anEpisodeOf('group-1', 'd')] }),
    );
    for (const undo of [
      ...WITHOUT_LEFT_BEHIND,
      `delete from kysely_migration where name >= '0011-left-behind'`,
    ])
      await sql.raw(undo).execute(harness.database);

    await migrateToLatest(harness.database);

    const episodes = await ask(harness, (groups) =>
      Promise.all(['a', 'b', 'c', 'd'].map((id) => groups.episode(id))),
    );
    expect(episodes.map((episode) => episode?.leftBehind)).toEqual([true, false, false, false]);
  });

  it('leaves nothing of a migration that fails half way', async () => {
    const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(
      harness.database,
    );
    const known = Object.fromEntries(rows.map(({ name }) => [name, { up: async () => undefined }]));
    const broken = {
      up: async (db: Kysely<unknown>): Promise<void> => {
        await sql`create table half (id integer)`.execute(db);
        throw new Error('no further');
      },
    };

    const failed = migrateToLatest(harness.database, { ...known, '9999-broken': broken });

    await expect(failed).rejects.toMatchObject({ cause: new Error('no further') });
    const tables = await harness.database.introspection.getTables();
    expect(tables.map((table) => table.name)).not.toContain('half');
  });
});

function anEpisodeOf(groupId: string, id: string, given: Partial<Episode> = {}): Episode {
  return anEpisode({ id, groupId, state: 'ended', ticketKey: id, ...given });
}
