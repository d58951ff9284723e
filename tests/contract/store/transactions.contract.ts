import { StoreUnavailableError } from '../../../src/application/ports/store.js';
import { aGroup, aHead, aMember, anAlertRecord, anEpisode, aNote } from '../../support/builders/rows.js';
import { ask, save, type CurrentStore } from './store-harness.js';

export function describeTransactions(current: CurrentStore): void {
  describe('transactions', () => {
    it('keep what was written when the store is opened again', async () => {
      const { episode, ticket } = aMember('1');
      const group = aGroup(aHead({ rootKey: ticket.key }), { episodes: [episode], tickets: [ticket] });
      await current().store.transaction(async ({ alerts, groups }) => {
        await alerts.save([anAlertRecord()]);
        await groups.save([group]);
      });

      const reopened = await current().reopen();

      const records = await reopened.store.transaction(({ alerts }) => alerts.find(['alert-1']));
      expect(records.get('alert-1')).toEqual(anAlertRecord());
      const details = await reopened.queries.find('group-1', 10);
      expect(details).toMatchObject({ head: group.head, episodes: [episode], tickets: [ticket] });
      await reopened.close();
    });

    it('return what the work returns', async () => {
      expect(await current().store.transaction(async () => 'done')).toBe('done');
    });

    it('keep nothing when the work throws, and pass its error on unchanged', async () => {
      const { episode, ticket } = aMember('1');
      await save(current(), aGroup(aHead({ revision: 1 }), { episodes: [episode], tickets: [ticket] }));
      const error = new Error('the work changed its mind');

      const work = current().store.transaction(async ({ alerts, groups, leases }) => {
        await alerts.save([anAlertRecord()]);
        await groups.save([
          aGroup(aHead({ revision: 2, dueAt: 5 }), {
            episodes: [{ ...episode, state: 'ended' }, anEpisode({ id: 'episode-2', ordinal: 2 })],
            tickets: [{ ...ticket, wanted: 'closed' }],
            notes: [aNote()],
          }),
        ]);
        await leases.claimDue({ instance: 'backend', owner: 'one', now: 10, until: 20, limit: 1 });
        throw error;
      });

      await expect(work).rejects.toBe(error);
      const found = await ask(current(), (groups) => groups.forTickets([ticket.key]));
      expect(found[0]).toMatchObject({
        head: aHead({ revision: 1 }),
        episodes: [episode],
        tickets: [ticket],
      });
      expect(found[0]?.notes(['note-1'])).toEqual([]);
      expect(await ask(current(), (groups) => groups.episode('episode-2'))).toBeNull();
      const records = await current().store.transaction(({ alerts }) => alerts.find(['alert-1']));
      expect(records.size).toBe(0);
    });

    it('give rows their old places back in what is unique when the work throws', async () => {
      const episode = anEpisode();
      await save(current(), aGroup(aHead(), { episodes: [episode] }));
      const failed = current().store.transaction(async ({ groups }) => {
        await groups.save([
          aGroup(aHead({ accepting: false }), { episodes: [{ ...episode, state: 'ended' }] }),
        ]);
        throw new Error('no');
      });
      await expect(failed).rejects.toThrow('no');

      const rival = aGroup(aHead({ id: 'group-2', groupKey: 'key of group-1' }));

      await expect(save(current(), rival)).rejects.toThrow(StoreUnavailableError);
      const groups = await ask(current(), (repository) => repository.forIntake([episode.alertId], []));
      expect(groups.map((group) => group.head.id)).toEqual(['group-1']);
    });

    it('work again after one has failed', async () => {
      const failed = current().store.transaction(async () => {
        throw new Error('no');
      });
      await expect(failed).rejects.toThrow('no');

      await save(current(), aGroup(aHead()));

      expect(await current().queries.find('group-1', 1)).not.toBeNull();
    });

    it('run one after the other, so that none loses what another wrote', async () => {
      await save(current(), aGroup(aHead({ revision: 0 })));
      const raise = (): Promise<void> =>
        current().store.transaction(async ({ groups }) => {
          const [group] = await groups.forIntake([], ['key of group-1']);
          await Promise.resolve();
          await groups.save([aGroup(aHead({ revision: (group?.head.revision ?? 0) + 1 }))]);
        });

      await Promise.all(Array.from({ length: 20 }, raise));

      const details = await current().queries.find('group-1', 1);
      expect(details?.head.revision).toBe(20);
    });

    it('hide from queries what is not committed yet', async () => {
      await save(current(), aGroup(aHead({ revision: 1 })));
      const seen: (number | undefined)[] = [];
      const reads: Promise<void>[] = [];

      await current().store.transaction(async ({ groups }) => {
        await groups.save([aGroup(aHead({ revision: 2 }))]);
        const read = current().queries.find('group-1', 1);
        reads.push(read.then((details) => void seen.push(details?.head.revision)));
        await groups.save([aGroup(aHead({ revision: 3 }))]);
      });
      await Promise.all(reads);

      expect(seen).toEqual([3]);
    });
  });
}
