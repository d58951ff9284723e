import { instantFromMillis } from '../../../src/domain/time/instant.js';
import { aGroup, aHead, aMember, anEpisode, aNote, aTicket } from '../../support/builders/rows.js';
import { ask, save, type CurrentStore } from './store-harness.js';

export function describeOneGroup(current: CurrentStore): void {
  describe('one group', () => {
    it('is shown without the tickets that were given up before anything of them was sent', async () => {
      const root = aMember('root', { ticket: { ordinal: 9 }, episode: { ordinal: 9 } });
      const given = upTo(5).map((n) => aTicket({ key: `up-${n}`, ordinal: n, wanted: 'none' }));
      const ended = anEpisode({ id: 'early', ordinal: 1, state: 'ended', accountNo: 1 });
      await save(
        current(),
        aGroup(aHead({ rootKey: root.ticket.key }), {
          tickets: [...given, root.ticket, aTicket({ key: 'unsent', ordinal: 10, wanted: 'closed' })],
          episodes: [ended, root.episode],
        }),
      );

      const details = await current().queries.find('group-1', 2);

      expect(details?.tickets.map((ticket) => ticket.key)).toEqual(['ticket-root', 'unsent']);
      expect(details?.episodes.map((episode) => episode.id)).toEqual(['episode-root', 'early']);
    });

    it('is shown with the episode of its root, however many members came before it', async () => {
      const root = aMember('root', { ticket: { ordinal: 9 }, episode: { ordinal: 9 } });
      const others = upTo(5).map((n) => aMember(`${n}`, { episode: { ordinal: n }, ticket: { ordinal: n } }));
      const rows = [...others, root];
      await save(
        current(),
        aGroup(aHead({ rootKey: root.ticket.key }), {
          tickets: rows.map((row) => row.ticket),
          episodes: rows.map((row) => row.episode),
        }),
      );

      const details = await current().queries.find('group-1', 2);

      expect(details?.episodes.map((episode) => episode.id)).toEqual(['episode-1', 'episode-root']);
    });

    it('is null when there is none', async () => {
      expect(await current().queries.find('nobody', 10)).toBeNull();
    });

    it('comes with its key, or an empty one when that was never saved', async () => {
      const key = { source: 'default', route: 'default', values: [['alertname', 'A']] } as const;
      await ask(current(), (groups) => groups.saveKeys(new Map([['key of group-1', key]])));
      await save(current(), aGroup(aHead()), aGroup(aHead({ id: 'group-2' })));

      expect((await current().queries.find('group-1', 10))?.key).toEqual(key);
      expect((await current().queries.find('group-2', 10))?.key).toEqual({
        source: '',
        route: '',
        values: [],
      });
    });

    it('comes with the counts of all its members, however few of them are shown', async () => {
      const states = ['ended', 'settled', 'firing', 'settled', 'held', 'settled'] as const;
      const episodes = states.map((state, n) => {
        const ticketKey = n < 4 ? `t${n}` : null;
        const startsAt = instantFromMillis(n * 1000);
        return anEpisode({ id: `e${n}`, ordinal: n, state, ticketKey, startsAt, doubtful: n % 2 === 0 });
      });
      const tickets = [
        aTicket({ key: 't0', wanted: 'none' }),
        aTicket({ key: 't1', reference: '1' }),
        aTicket({ key: 't2' }),
        aTicket({ key: 't3', wanted: 'closed' }),
      ];
      await save(current(), aGroup(aHead(), { episodes, tickets }), aGroup(aHead({ id: 'group-2' })));

      expect((await current().queries.find('group-1', 1))?.counts).toEqual({
        held: 1,
        settled: 3,
        doubtful: 2,
        firingSince: instantFromMillis(1000),
        withoutTicket: 2,
        tickets: 3,
        unopened: 2,
      });
      const nothing = { held: 0, settled: 0, doubtful: 0, withoutTicket: 0, tickets: 0, unopened: 0 };
      expect((await current().queries.find('group-2', 1))?.counts).toEqual({ ...nothing, firingSince: null });
    });

    it('shows of what goes on before what is over', async () => {
      const over = [1, 2, 3].map((n) =>
        aMember(`${n}`, {
          episode: { ordinal: n, state: 'ended' },
          ticket: { ordinal: n, wanted: 'closed' },
        }),
      );
      const firing = aMember('4', { episode: { ordinal: 4 }, ticket: { ordinal: 4 } });
      const folded = (['ended', 'ended', 'held'] as const).map((state, n) =>
        anEpisode({ id: `folded-${n}`, ordinal: 5 + n, state, folded: true }),
      );
      const rows = [...over, firing];
      await save(
        current(),
        aGroup(aHead({ rootKey: 'ticket-1' }), {
          tickets: rows.map((row) => row.ticket),
          episodes: [...rows.map((row) => row.episode), ...folded],
        }),
      );

      const details = await current().queries.find('group-1', 2);

      expect(details?.tickets.map((ticket) => ticket.key)).toEqual(['ticket-1', 'ticket-4']);
      expect(details?.episodes.map((episode) => episode.id)).toEqual([
        'episode-1',
        'episode-4',
        'folded-2',
        'folded-0',
      ]);
    });

    it('comes with as many members as asked for, the newest hundred notes that were not dropped and fifty events', async () => {
      const notes = upTo(120).map((n) =>
        aNote({ id: `note-${n}`, state: n === 119 ? 'dropped' : n % 2 === 0 ? 'sent' : 'wanted' }),
      );
      const group = aGroup(aHead(), {
        episodes: upTo(5).map((n) => anEpisode({ id: `e${n}`, ordinal: n })),
        notes,
      });
      for (const at of upTo(60)) group.recordEvent('write-failed', at, null, null);
      await save(current(), group);

      const details = await current().queries.find('group-1', 3);

      expect(details?.episodes.map((episode) => episode.id)).toEqual(['e1', 'e2', 'e3']);
      expect(details?.notes.map((note) => note.id)).toEqual(
        upTo(120)
          .filter((n) => n !== 119)
          .toReversed()
          .slice(0, 100)
          .map((n) => `note-${n}`),
      );
      expect(details?.events.map((event) => event.at)).toEqual(upTo(60).toReversed().slice(0, 50));
    });
  });
}

function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
