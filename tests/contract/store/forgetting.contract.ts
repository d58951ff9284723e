import { instantFromMillis } from '../../../src/domain/time/instant.js';
import { aGroup, aHead, anAlertRecord, anEpisode } from '../../support/builders/rows.js';
import { AGE, ALL, anOldGroup, BEFORE, keep, known } from './an-old-group.js';
import { ask, save, type CurrentStore } from './store-harness.js';

export function describeForgetting(current: CurrentStore): void {
  describe('what is old', () => {
    it('is nothing in an empty store', async () => {
      const { oldRecords } = current();
      expect(await oldRecords.forgetGroups(AGE, ALL)).toEqual({ forgotten: 0, next: null });
      expect(await oldRecords.forgetAlerts(AGE, ALL)).toEqual({ forgotten: 0, next: null });
      expect(await oldRecords.forgetEvents(AGE, ALL)).toEqual({ forgotten: 0, next: null });
      expect(await oldRecords.forgetDeadLetters(AGE, ALL)).toEqual({ forgotten: 0, next: null });
    });

    it('goes with everything that belongs to it, and nothing else goes', async () => {
      await keep(current(), anOldGroup('1'), anOldGroup('2', { eventAt: BEFORE }));

      const { forgotten } = await current().oldRecords.forgetGroups(AGE, ALL);

      expect(forgotten).toBe(1);
      expect(await known(current(), '1', '2')).toEqual({ groups: ['2'], alerts: ['2'], keys: ['2'] });
      const standings = await current().queries.ticketsOf(['episode-1', 'episode-2']);
      expect([...standings.keys()]).toEqual(['episode-2']);
      expect(await current().queries.find('group-2', 10)).toMatchObject({
        tickets: [{ key: 'ticket-2' }],
        notes: [{ id: 'note-2' }],
        events: [{ at: BEFORE }],
      });
    });

    it('is dropped from the history of a group that lives on, too', async () => {
      const group = anOldGroup('1', { head: { firing: 1 } });
      group.recordEvent('write-failed', BEFORE - 1, null, 'old');
      group.recordEvent('write-failed', BEFORE, null, 'young');
      await keep(current(), group);

      const { forgotten } = await current().oldRecords.forgetEvents(AGE, ALL);

      expect(forgotten).toBe(2);
      const found = await current().queries.find('group-1', 10);
      expect(found?.events.map(({ reason }) => reason)).toEqual(['young']);
    });

    it('goes for good', async () => {
      await keep(current(), anOldGroup('1'));
      await current().oldRecords.forgetGroups(AGE, ALL);

      const next = await current().reopen();

      expect(await known(next, '1')).toEqual({ groups: [], alerts: [], keys: [] });
      await next.close();
    });

    it('leaves a key that a younger group has, and what was opened after it names nobody', async () => {
      await keep(current(), anOldGroup('1', { head: { accepting: false } }));
      const younger = { id: 'younger', groupKey: 'key of group-1', accepting: true, openedAt: BEFORE };
      await save(current(), aGroup(aHead({ ...younger, previousGroupId: 'group-1' })));

      await current().oldRecords.forgetGroups(AGE, ALL);

      expect((await known(current(), '1')).keys).toEqual(['1']);
      expect(await ask(current(), (groups) => groups.rootReferenceOf('group-1', 'backend'))).toBeNull();
      const latest = await ask(current(), (groups) => groups.latestOf(['key of group-1']));
      expect(latest.get('key of group-1')).toBe('younger');
    });

    it('is a group of another backend, too, whatever became of its tickets', async () => {
      await keep(
        current(),
        anOldGroup('1', { head: { instance: 'left', dueAt: 0 }, ticket: { seen: 'open', workAt: 0 } }),
        anOldGroup('2', { head: { instance: 'left', dueAt: 0, firing: 1 }, episode: { state: 'firing' } }),
      );

      await current().oldRecords.forgetGroups(AGE, ALL);

      expect((await known(current(), '1', '2')).groups).toEqual(['2']);
    });

    it('is the record of an alert without an episode whose newest end is old', async () => {
      const ends = { old: BEFORE - 1, young: BEFORE, member: BEFORE - 1, unheard: null };
      const records = Object.entries(ends).map(([id, at]) =>
        anAlertRecord({ id, newestEndsAt: at === null ? null : instantFromMillis(at) }),
      );
      await current().store.transaction(({ alerts }) => alerts.save(records));
      await save(
        current(),
        aGroup(aHead(), { episodes: [anEpisode({ alertId: 'member', state: 'ended' })] }),
      );

      const { forgotten } = await current().oldRecords.forgetAlerts(AGE, ALL);

      expect(forgotten).toBe(1);
      const left = await current().store.transaction(({ alerts }) => alerts.find(Object.keys(ends)));
      expect([...left.keys()].toSorted()).toEqual(['member', 'unheard', 'young']);
    });

    it('is a dead letter that last came before', async () => {
      const letter = { source: 's', problem: 'bad', body: '{}' };
      await current().store.transaction(({ deadLetters }) =>
        deadLetters.save([
          { ...letter, id: 'old', receivedAt: BEFORE - 1 },
          { ...letter, id: 'young', receivedAt: BEFORE },
        ]),
      );

      const { forgotten } = await current().oldRecords.forgetDeadLetters(AGE, ALL);

      const { letters } = await current().deadLetters.list(1, 10);
      expect([forgotten, letters.map(({ id }) => id)]).toEqual([1, ['young']]);
    });
  });
}
