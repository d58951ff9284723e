import { sql } from 'kysely';
import { anIntent } from '../../support/builders/rows.js';
import { AGE, ALL, anOldGroup, keep, known } from './an-old-group.js';
import { openSqliteHarness, type SqliteHarness } from './sqlite-harness.js';

const NAMES = ['old', 'open', 'in doubt', 'due'];
/** The steps of one row each that `old` takes: an event, a note, a ticket, an episode with its alert, and the head. */
const STEPS = 5;

async function manyGroups(): Promise<SqliteHarness> {
  const harness = await openSqliteHarness();
  const write = anIntent();
  await keep(
    harness,
    anOldGroup('old'),
    anOldGroup('open', { head: { firing: 1 }, episode: { state: 'firing' }, ticket: { seen: 'open' } }),
    anOldGroup('in doubt', { ticket: { intent: write, workAt: 0 } }),
    anOldGroup('due', { head: { dueAt: 0 } }),
  );
  return harness;
}

const REST = { groups: NAMES.slice(1), alerts: NAMES.slice(1), keys: NAMES.slice(1) };

describe('a pass of forgetting that is cut off', () => {
  it.each(Array.from({ length: STEPS }, (_, no) => no + 1))(
    'after step %d is finished by the next process, and only what is over is gone',
    async (steps) => {
      const harness = await manyGroups();
      let after = '';
      for (let step = 0; step < steps; step += 1)
        after = (await harness.oldRecords.forgetGroups(AGE, { after, rows: 1 })).next ?? '';
      expect((await known(harness, 'old')).groups).toEqual(steps === STEPS ? [] : ['old']);
      const next = await harness.reopen();

      await next.oldRecords.forgetGroups(AGE, ALL);

      expect(await known(next, ...NAMES)).toEqual(REST);
      await next.close();
    },
  );

  it.each(['group_events', 'ticket_notes', 'tickets', 'episodes', 'alerts', 'ticket_groups', 'group_keys'])(
    'before it commits, at its rows of %s, has deleted nothing',
    async (table) => {
      const harness = await manyGroups();
      const refusal = `create trigger refusal before delete on ${table} begin select raise(abort, 'cut off'); end`;
      await sql.raw(refusal).execute(harness.database);

      await expect(harness.oldRecords.forgetGroups(AGE, ALL)).rejects.toThrow();

      const before = await harness.queries.find('group-old', 10);
      expect(before).toMatchObject({ tickets: [{}], episodes: [{}], notes: [{}], events: [{}] });
      await sql.raw('drop trigger refusal').execute(harness.database);
      await harness.oldRecords.forgetGroups(AGE, ALL);
      expect(await known(harness, ...NAMES)).toEqual(REST);
      await harness.close();
    },
  );
});
