import type { LogEvent } from 'kysely';
import { CompiledQuery } from 'kysely';
import { aGroup, aHead, aMember } from '../../support/builders/rows.js';
import { aBigGroup } from './bulk.contract.js';
import { openSqliteHarness, type SqliteHarness } from './sqlite-harness.js';
import { ask, save } from './store-harness.js';

type Statement = LogEvent['query'];

/** How often each kind of statement was issued: `insert alerts`, `select tickets`. */
function countByTable(statements: readonly Statement[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { sql } of statements) {
    const [, verb = sql, table = ''] =
      /^(insert|select|update).*?(?:into|from|update) "(\w+)"/.exec(sql) ?? [];
    const kind = `${verb} ${table}`.trim();
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

function isPlanned({ sql }: Statement): boolean {
  return /^(select|update)/.test(sql);
}

describe('the statements on SQLite', () => {
  let harness: SqliteHarness;
  beforeEach(async () => {
    harness = await openSqliteHarness();
  });
  afterEach(() => harness.close());

  const statementsOf = async (work: () => Promise<unknown>): Promise<readonly Statement[]> => {
    const before = harness.statements.length;
    await work();
    return harness.statements.slice(before);
  };

  it('are one per thousand rows and table for ten thousand members', async () => {
    const { group, records } = aBigGroup();
    const ids = records.map((record) => record.id);

    const saved = await statementsOf(() =>
      harness.store.transaction(async ({ alerts, groups }) => {
        await alerts.save(records);
        await groups.save([group]);
      }),
    );
    const loaded = await statementsOf(() =>
      harness.store.transaction(async ({ alerts, groups }) => {
        await alerts.find(ids);
        await groups.forIntake(ids, ['key of group-1']);
      }),
    );

    expect(countByTable(saved)).toEqual({
      'begin immediate': 1,
      'insert alerts': 10,
      'insert ticket_groups': 1,
      'insert episodes': 10,
      'insert tickets': 10,
      'insert ticket_notes': 10,
      commit: 1,
    });
    // Twice for the episodes: first their groups, whose heads are locked, then the rows under the lock.
    expect(countByTable(loaded)).toEqual({
      'begin immediate': 1,
      'select alerts': 10,
      'select episodes': 20,
      'select ticket_groups': 2,
      'select tickets': 10,
      'select ticket_notes': 10,
      commit: 1,
    });
  });

  it('are none for groups without changes', async () => {
    await save(harness, aGroup(aHead()));

    const statements = await statementsOf(() =>
      harness.store.transaction(async ({ groups }) => {
        const loaded = await groups.forIntake([], ['key of group-1']);
        await groups.save(loaded);
      }),
    );

    expect(Object.keys(countByTable(statements))).toEqual([
      'begin immediate',
      'select ticket_groups',
      'commit',
    ]);
  });

  it('read through an index, however many rows there are', async () => {
    const { episode, ticket } = aMember('1');
    await save(
      harness,
      aGroup(aHead({ rootKey: ticket.key, dueAt: 1 }), { episodes: [episode], tickets: [ticket] }),
    );

    const statements = await statementsOf(async () => {
      await ask(harness, (groups) => groups.forIntake([episode.alertId], ['key of group-1']));
      await ask(harness, (groups) => groups.forDelivery('group-1', 1));
      await ask(harness, (groups) => groups.forConclusion('group-1'));
      await ask(harness, (groups) => groups.forTickets([ticket.key]));
      await ask(harness, (groups) => groups.forAdoption([ticket.key], [episode.alertId]));
      await ask(harness, (groups) => groups.elsewhere('backend', '', 10));
      await ask(harness, (groups) => groups.nextDueAfter('group-1', 1));
      await ask(harness, (groups) => groups.latestOf(['key of group-1']));
      await ask(harness, (groups) => groups.rootReferenceOf('group-1', 'backend'));
      await ask(harness, (groups) => groups.unaccounted('group-1', 0, 10));
      await ask(harness, (groups) => groups.firingFolded('group-1', 10));
      await ask(harness, (groups) => groups.unverified('backend', 10, 0));
      await harness.store.transaction(async ({ leases }) => {
        await leases.claimDue({ instance: 'backend', owner: 'one', now: 1, until: 2, limit: 1 });
        await leases.nextDue('backend', 1);
      });
      await harness.queries.find('group-1', 10);
      await harness.queries.ticketsOf([episode.id]);
      await harness.queries.list('open', 1, 10);
      await harness.queries.list('parked', 1, 10);
      await harness.queries.list('closed', 1, 10, ['memory', 'web']);
    });

    const plans = await Promise.all(statements.filter(isPlanned).map((statement) => planOf(statement)));
    // Only a search looks at every alert; a list of open groups looks at none that is over.
    const scans = plans.flat().filter((step) => /^SCAN (?!.* USING)/.test(step));
    expect([...new Set(scans)]).toEqual(['SCAN alerts']);
    expect(plans.flat().filter((step) => step.startsWith('SEARCH')).length).toBeGreaterThan(20);
    const indexes = new Set(
      plans.flat().flatMap((step) => /USING (?:COVERING )?INDEX (\w+)/.exec(step)?.[1] ?? []),
    );
    expect([...indexes].filter((name) => !name.startsWith('sqlite_')).toSorted()).toEqual([
      'episodes_held',
      'episodes_of_alert',
      'episodes_of_group',
      'episodes_open',
      'episodes_over_without_ticket',
      'episodes_settled',
      'episodes_unaccounted',
      'episodes_without_ticket',
      'group_events_of_group',
      'ticket_groups_accepting',
      'ticket_groups_due',
      'ticket_groups_leased',
      'ticket_groups_of_key',
      'ticket_groups_open',
      'ticket_notes_of_group',
      'ticket_notes_wanted',
      'tickets_of_group',
      'tickets_stuck',
      'tickets_unfinished',
      'tickets_work',
      'tickets_written',
    ]);
  });

  it('count for the metrics only what is not over', async () => {
    const statements = await statementsOf(() => harness.figures.read('backend', 1));

    const plans = await Promise.all(statements.filter(isPlanned).map((statement) => planOf(statement)));

    const outermost = plans.map(([first]) => first?.replace(/^(SCAN|SEARCH) /, '').replace(/ \(.*/, ''));
    expect(outermost).toEqual([
      'ticket_groups USING COVERING INDEX ticket_groups_due',
      'ticket_groups USING COVERING INDEX ticket_groups_firing',
      'episodes USING COVERING INDEX episodes_held',
      'episodes USING COVERING INDEX episodes_settled',
      'episodes USING INDEX episodes_flapping',
      'episodes USING INDEX episodes_presumed',
      'tickets USING INDEX tickets_stuck',
      'tickets USING INDEX tickets_stuck',
      'tickets USING INDEX tickets_work',
      'ticket_notes USING INDEX ticket_notes_wanted',
    ]);
  });

  const planOf = async ({ sql, parameters }: Statement): Promise<readonly string[]> => {
    const query = CompiledQuery.raw(`explain query plan ${sql}`, [...parameters]);
    const { rows } = await harness.database.executeQuery<{ detail: string }>(query);
    return rows.map((row) => row.detail);
  };
});
