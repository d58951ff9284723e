import { StoreUnavailableError } from '../../../src/application/ports/store.js';
import { aGroup, aHead, anEpisode, changesOf } from '../../support/builders/rows.js';
import { ask, save, type CurrentStore } from './store-harness.js';

export function describeUniqueness(current: CurrentStore): void {
  describe('what is unique', () => {
    it.each(['firing', 'held', 'settled'] as const)(
      'refuses a second open episode of an alert beside a %s one',
      async (state) => {
        await save(current(), aGroup(aHead(), { episodes: [anEpisode({ alertId: 'alert', state })] }));

        const second = changesOf({
          episodes: [anEpisode({ id: 'episode-2', ordinal: 2, alertId: 'alert' })],
        });

        await expect(save(current(), second)).rejects.toThrow(StoreUnavailableError);
        expect(await ask(current(), (groups) => groups.episode('episode-2'))).toBeNull();
      },
    );

    it('lets an alert have any number of ended episodes beside its open one', async () => {
      const episodes = [1, 2, 3].map((ordinal) =>
        anEpisode({
          id: `episode-${ordinal}`,
          ordinal,
          alertId: 'alert',
          state: ordinal < 3 ? 'ended' : 'firing',
        }),
      );

      await save(current(), aGroup(aHead(), { episodes }));

      expect((await current().queries.find('group-1', 10))?.episodes).toEqual(
        episodes.toSorted((a, b) => Number(a.state === 'ended') - Number(b.state === 'ended')),
      );
    });

    it('lets an episode end and the next of its alert open in one save, whichever comes first', async () => {
      const old = anEpisode({ id: 'z', alertId: 'alert' });
      await save(current(), aGroup(aHead(), { episodes: [old] }));
      const next = anEpisode({ id: 'a', ordinal: 2, alertId: 'alert' });

      await save(current(), changesOf({ episodes: [next, { ...old, state: 'ended' }] }));

      expect(await ask(current(), (groups) => groups.episode('z'))).toMatchObject({ state: 'ended' });
      expect(await ask(current(), (groups) => groups.episode('a'))).toEqual(next);
    });

    it('lets an open episode be saved again, and move to another group', async () => {
      const episode = anEpisode();
      await save(current(), aGroup(aHead(), { episodes: [episode] }), aGroup(aHead({ id: 'group-2' })));

      const moved = { ...episode, groupId: 'group-2', firings: 2 };
      await save(current(), changesOf({ episodes: [moved] }));

      expect(await ask(current(), (groups) => groups.episode(episode.id))).toEqual(moved);
      expect((await current().queries.find('group-1', 10))?.episodes).toEqual([]);
      expect((await current().queries.find('group-2', 10))?.episodes).toEqual([moved]);
    });

    it('refuses a second group of a key that takes members', async () => {
      await save(current(), aGroup(aHead({ groupKey: 'key' })));

      const second = aGroup(aHead({ id: 'group-2', groupKey: 'key' }));

      await expect(save(current(), second)).rejects.toThrow(StoreUnavailableError);
      expect(await current().queries.find('group-2', 1)).toBeNull();
    });

    it('lets a group stop taking members and the next of its key begin in one save, whichever comes first', async () => {
      await save(current(), aGroup(aHead({ id: 'z', groupKey: 'key' })));
      const over = aHead({ id: 'z', groupKey: 'key', accepting: false, endedBy: 'span' });
      const next = aHead({ id: 'a', groupKey: 'key', previousGroupId: 'z' });

      await save(current(), aGroup(next), aGroup(over));

      expect((await current().queries.find('z', 1))?.head).toEqual(over);
      expect((await current().queries.find('a', 1))?.head).toEqual(next);
    });

    it('lets a group that takes members be saved again', async () => {
      await save(current(), aGroup(aHead()));

      await save(current(), aGroup(aHead({ revision: 7 })));

      expect((await current().queries.find('group-1', 1))?.head).toEqual(aHead({ revision: 7 }));
    });

    it('refuses a member of a group that does not exist', async () => {
      await expect(save(current(), changesOf({ episodes: [anEpisode()] }))).rejects.toThrow(
        StoreUnavailableError,
      );
    });
  });
}
