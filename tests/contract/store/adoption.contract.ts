import { instantFromMillis, UNKNOWN_INSTANT } from '../../../src/domain/time/instant.js';
import { aGroup, aHead, aMember, anEpisode } from '../../support/builders/rows.js';
import { ask, save, type CurrentStore, type StoreHarness } from './store-harness.js';

export function describeAdoption(current: CurrentStore): void {
  describe('the adoption of open tickets', () => {
    it('is done for the backend that it was last done for, and for no other', async () => {
      expect(await isDone(current(), 'first')).toBe(false);

      await done(current(), 'first');
      await done(current(), 'first');
      expect([await isDone(current(), 'first'), await isDone(current(), 'second')]).toEqual([true, false]);

      await done(current(), 'second');
      expect([await isDone(current(), 'first'), await isDone(current(), 'second')]).toEqual([false, true]);
    });

    it('is done for none once that is forgotten', async () => {
      await done(current(), 'first');

      await current().store.transaction(({ adoptions }) => adoptions.forget());
      expect(await isDone(current(), 'first')).toBe(false);

      await done(current(), 'first');
      expect(await isDone(current(), 'first')).toBe(true);
    });

    it('is concerned with what is kept in other backends and is not over, in parts', async () => {
      const over = { instance: 'another', accepting: false, dueAt: 0 } as const;
      await save(
        current(),
        aGroup(aHead({ id: 'd', ...over, accepting: true })),
        aGroup(aHead({ id: 'b', ...over, firing: 1 })),
        aGroup(aHead({ id: 'c', ...over, accountNo: 2, accountedNo: 1, instance: 'a third one' })),
        aGroup(aHead({ id: 'a', ...over, accountNo: 2, accountedNo: 2 })),
        aGroup(aHead({ id: 'here', firing: 1, accountNo: 1 })),
      );
      const elsewhere = (after: string, limit: number) =>
        ask(current(), (groups) => groups.elsewhere('backend', after, limit));

      expect(await elsewhere('', 9)).toEqual(['b', 'c', 'd']);
      expect(await elsewhere('', 2)).toEqual(['b', 'c']);
      expect(await elsewhere('c', 2)).toEqual(['d']);
      expect(await elsewhere('d', 2)).toEqual([]);
    });

    it('is not done when the transaction that did it is rolled back', async () => {
      await done(current(), 'first');
      const failing = current().store.transaction(async ({ adoptions }) => {
        await adoptions.done('second', 1000);
        throw new Error('the work fails');
      });

      await expect(failing).rejects.toThrow('the work fails');
      expect([await isDone(current(), 'first'), await isDone(current(), 'second')]).toEqual([true, false]);
    });

    it('finds each group once, by its tickets and by the open episodes of alerts, with all of these', async () => {
      const root = aMember('root', { episode: { state: 'ended' } });
      const others = ['known', 'heard', 'over', 'beside'].map((name, index) =>
        aMember(name, {
          episode: { ordinal: index + 2, state: name === 'over' ? 'ended' : 'firing' },
          ticket: { ordinal: index + 2 },
        }),
      );
      const rows = [root, ...others];
      await save(
        current(),
        aGroup(aHead({ rootKey: 'ticket-root' }), {
          episodes: rows.map(({ episode }) => episode),
          tickets: rows.map(({ ticket }) => ticket),
        }),
        aGroup(aHead({ id: 'another' }), { episodes: [anEpisode({ id: 'folded', groupId: 'another' })] }),
        aGroup(aHead({ id: 'of no concern' })),
      );

      const alerts = ['heard', 'over', 'nobody'].map((name) => `alert of episode-${name}`);
      const groups = await ask(current(), (repository) =>
        repository.forAdoption(['ticket-known', 'unknown'], [...alerts, 'alert of folded', '-']),
      );

      expect(groups.map(({ head }) => head.id)).toEqual(['another', 'group-1']);
      expect(groups.map(({ tickets }) => tickets.map(({ key }) => key))).toEqual([
        [],
        ['ticket-root', 'ticket-known', 'ticket-heard'],
      ]);
      expect(groups.map(({ episodes }) => episodes.map(({ id }) => id))).toEqual([
        ['folded'],
        ['episode-root', 'episode-known', 'episode-heard'],
      ]);
    });

    it('shows in the figures as long as an episode is presumed to fire and goes on', async () => {
      await save(
        current(),
        aGroup(aHead({ firing: 2 }), {
          episodes: [
            anEpisode({ id: 'a', state: 'firing', presumedSince: 1 }),
            anEpisode({ id: 'b', state: 'settled', presumedSince: 1 }),
            anEpisode({ id: 'c', state: 'ended', presumedSince: 1 }),
            anEpisode(),
          ],
        }),
        aGroup(aHead({ id: 'far', instance: 'another' }), {
          episodes: [anEpisode({ id: 'far', groupId: 'far', presumedSince: 1 })],
        }),
      );

      expect((await current().figures.read('backend', 9)).episodes.presumed).toBe(2);
    });

    it('leaves a start that nobody knows out of since when a group fires', async () => {
      const unknown = { startsAt: UNKNOWN_INSTANT, presumedSince: 1 } as const;
      await save(
        current(),
        aGroup(aHead(), {
          episodes: [
            anEpisode({ id: 'adopted', ...unknown }),
            anEpisode({ startsAt: instantFromMillis(7000) }),
          ],
        }),
        aGroup(aHead({ id: 'lone' }), { episodes: [anEpisode({ id: 'x', groupId: 'lone', ...unknown })] }),
      );

      expect((await current().queries.find('group-1', 1))?.counts.firingSince).toBe(instantFromMillis(7000));
      expect((await current().queries.find('lone', 1))?.counts.firingSince).toBeNull();
    });
  });
}

function isDone({ store }: StoreHarness, instance: string): Promise<boolean> {
  return store.transaction(({ adoptions }) => adoptions.isDone(instance));
}

function done({ store }: StoreHarness, instance: string): Promise<void> {
  return store.transaction(({ adoptions }) => adoptions.done(instance, 1000));
}
