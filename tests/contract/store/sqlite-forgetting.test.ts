import type { Step, Swept } from '../../../src/application/ports/old-records.js';
import { instantFromMillis } from '../../../src/domain/time/instant.js';
import { aGroup, aHead, anAlertRecord, aMember } from '../../support/builders/rows.js';
import { AGE, anOldGroup, keep, known } from './an-old-group.js';
import { openSqliteHarness, type SqliteHarness } from './sqlite-harness.js';
import { save } from './store-harness.js';

/** All steps of a pass, one after the other. */
async function pass(rows: number, forget: (step: Step) => Promise<Swept>): Promise<readonly Swept[]> {
  const steps: Swept[] = [];
  for (let after: string | null = ''; after !== null; after = steps.at(-1)?.next ?? null)
    steps.push(await forget({ after, rows }));
  return steps;
}

describe('forgetting on SQLite', () => {
  let harness: SqliteHarness;
  beforeEach(async () => {
    harness = await openSqliteHarness();
  });
  afterEach(() => harness.close());

  it('takes a large group in steps of so many rows, and it takes no members from the first', async () => {
    const members = Array.from({ length: 30 }, (_, no) =>
      aMember(String(no), {
        episode: { groupId: 'large', ordinal: no, state: 'ended' },
        ticket: { groupId: 'large', wanted: 'closed', reference: String(no), seen: 'closed' },
      }),
    );
    const group = aGroup(aHead({ id: 'large', groupKey: 'key of large', acceptsUntil: null }), {
      episodes: members.map(({ episode }) => episode),
      tickets: members.map(({ ticket }) => ticket),
    });
    await save(harness, group);
    const rowsLeft: number[] = [];

    const steps = await pass(20, async (step) => {
      const swept = await harness.oldRecords.forgetGroups(AGE, step);
      const [episodes, tickets] = [
        harness.database.selectFrom('episodes'),
        harness.database.selectFrom('tickets'),
      ];
      const counts = [
        await episodes.select((one) => one.fn.countAll<number>().as('count')).executeTakeFirstOrThrow(),
        await tickets.select((one) => one.fn.countAll<number>().as('count')).executeTakeFirstOrThrow(),
      ];
      rowsLeft.push(counts.reduce((sum, { count }) => sum + count, 0));
      const intake = await harness.store.transaction(({ groups }) => groups.forIntake([], ['key of large']));
      expect(intake).toEqual([]);
      return swept;
    });

    expect(rowsLeft).toEqual([40, 20, 0, 0, 0]);
    expect(steps.map(({ forgotten }) => forgotten)).toEqual([0, 0, 0, 1, 0]);
  });

  it('goes through histories up to where none is old any more', async () => {
    const group = anOldGroup('1', { head: { firing: 1 } });
    const times = [AGE.before + 9, 1, 2, AGE.before + 9, 3, AGE.before, AGE.before, AGE.before, 4];
    for (const at of times) group.recordEvent('write-failed', at, null, String(at));
    await keep(harness, group);

    const steps = await pass(2, (step) => harness.oldRecords.forgetEvents(AGE, step));

    expect(steps.map(({ forgotten }) => forgotten)).toEqual([1, 2, 1, 0]);
  });

  it('goes past what has to stay, however much that is', async () => {
    const stuck = Array.from({ length: 120 }, (_, no) => anOldGroup(`stuck-${no}`, { head: { dueAt: 0 } }));
    await keep(harness, ...stuck, anOldGroup('old', { head: { openedAt: 1_001 } }));

    const steps = await pass(500, (step) => harness.oldRecords.forgetGroups(AGE, step));

    expect(steps.map(({ forgotten }) => forgotten)).toEqual([0, 0, 0, 0, 1, 0]);
    expect((await known(harness, 'old', 'stuck-7')).groups).toEqual(['stuck-7']);
  });

  it('takes alerts and dead letters in steps, too', async () => {
    const letter = { source: 's', problem: 'bad', body: '{}', receivedAt: 1 };
    const names = Array.from({ length: 25 }, (_, no) => `old-${no}`);
    await harness.store.transaction(async ({ alerts, deadLetters }) => {
      await alerts.save(names.map((id) => anAlertRecord({ id, newestEndsAt: instantFromMillis(1) })));
      await deadLetters.save(names.map((id) => ({ ...letter, id })));
    });

    const alerts = await pass(10, (step) => harness.oldRecords.forgetAlerts(AGE, step));
    const letters = await pass(10, (step) => harness.oldRecords.forgetDeadLetters(AGE, step));

    expect(alerts.map(({ forgotten }) => forgotten)).toEqual([10, 10, 5, 0]);
    expect(letters.map(({ forgotten }) => forgotten)).toEqual([10, 10, 5]);
  });
});
