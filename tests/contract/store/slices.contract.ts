import type { Episode } from '../../../src/domain/ticket-group/episode.js';
import type { TicketGroup } from '../../../src/domain/ticket-group/ticket-group.js';
import type { Ticket } from '../../../src/domain/ticket-group/ticket.js';
import { aGroup, aHead, aMember, anEpisode, anIntent, aNote, aTicket } from '../../support/builders/rows.js';
import { ask, save, type CurrentStore } from './store-harness.js';

const NOW = 5000;
const INTENT = anIntent();

export function describeSlices(current: CurrentStore): void {
  const rootNote = aNote({ id: 'note-root', ticketKey: 'ticket-root' });
  const root = aMember('root', { episode: { ordinal: 1, state: 'ended' }, ticket: { ordinal: 1 } });

  /** A group with that root, its members and a wanted note on the root. */
  const saveTree = (members: readonly { episode?: Episode; ticket?: Ticket }[]): Promise<void> => {
    const all = [root, ...members];
    return save(
      current(),
      aGroup(aHead({ rootKey: 'ticket-root' }), {
        episodes: all.flatMap((member) => member.episode ?? []),
        tickets: all.flatMap((member) => member.ticket ?? []),
        notes: [rootNote, aNote({ id: 'note-sent', ticketKey: 'ticket-root', state: 'sent' })],
      }),
    );
  };

  describe('a slice for intake', () => {
    it('holds the root and the named open episodes with their tickets and wanted notes', async () => {
      const named = aMember('named', { episode: { ordinal: 2 }, ticket: { ordinal: 2 } });
      await saveTree([named, aMember('other', { episode: { ordinal: 3 }, ticket: { ordinal: 3 } })]);
      await save(
        current(),
        aGroup(aHead({ rootKey: 'ticket-root' }), { notes: [aNote({ ticketKey: 'ticket-named' })] }),
      );

      const groups = await ask(current(), (repository) =>
        repository.forIntake(['alert of episode-named', 'unknown'], []),
      );

      expect(groups).toHaveLength(1);
      expect(rowsOf(groups[0])).toEqual({
        episodes: ['episode-root', 'episode-named'],
        tickets: ['ticket-root', 'ticket-named'],
      });
      expect(groups[0]?.notes(['note-root', 'note-sent', 'note-1']).map((note) => note.id)).toEqual([
        'note-root',
        'note-1',
      ]);
    });

    it('does not find a group by an episode that ended', async () => {
      await saveTree([]);

      expect(await ask(current(), (groups) => groups.forIntake(['alert of episode-root'], []))).toEqual([]);
    });

    it('finds groups that take members by their key, each once and in order of id, with what is named of each', async () => {
      const head = aHead({ id: 'b', groupKey: 'key b' });
      const over = aHead({ id: 'c', groupKey: 'key c', accepting: false });
      const member = anEpisode({ groupId: 'b' });
      const elsewhere = anEpisode({ id: 'episode-2', groupId: 'c' });
      await save(
        current(),
        aGroup(head, { episodes: [member] }),
        aGroup(over, { episodes: [elsewhere] }),
        aGroup(aHead({ id: 'a' })),
      );

      const alerts = [member.alertId, member.alertId, elsewhere.alertId];
      const groups = await ask(current(), (repository) =>
        repository.forIntake(alerts, ['key of a', 'key b', 'key c', 'key b']),
      );

      expect(groups.map((group) => [group.head.id, rowsOf(group).episodes])).toEqual([
        ['a', []],
        ['b', ['episode-1']],
        ['c', ['episode-2']],
      ]);
    });

    it('leaves out what belongs to another group by now', async () => {
      const ticket = aTicket({ key: 'ticket-1', episodeId: 'episode-1', workAt: 0 });
      await save(
        current(),
        aGroup(aHead(), { tickets: [ticket] }),
        aGroup(aHead({ id: 'group-2' }), {
          episodes: [anEpisode({ groupId: 'group-2', ticketKey: 'ticket-1' })],
        }),
      );

      const groups = await ask(current(), (repository) =>
        repository.forIntake(['alert of episode-1'], ['key of group-1']),
      );

      expect(groups.map(rowsOf)).toEqual([
        { episodes: [], tickets: [] },
        { episodes: ['episode-1'], tickets: [] },
      ]);
    });

    it('holds the first episode of a group that has no root yet', async () => {
      const first = aMember('1', { episode: { state: 'ended' } });
      await save(
        current(),
        aGroup(aHead({ firstEpisodeId: 'episode-1' }), {
          episodes: [first.episode],
          tickets: [first.ticket],
        }),
      );

      const [group] = await ask(current(), (repository) => repository.forIntake([], ['key of group-1']));

      expect(rowsOf(group)).toEqual({ episodes: ['episode-1'], tickets: ['ticket-1'] });
    });
  });

  describe('a slice for delivery', () => {
    it('holds what is due at that time and nothing later, each with what belongs to it', async () => {
      const due = aMember('due', { episode: { ordinal: 2 }, ticket: { ordinal: 2, workAt: NOW } });
      const later = aMember('later', { episode: { ordinal: 3 }, ticket: { ordinal: 3, workAt: NOW + 1 } });
      const over = aMember('over', {
        episode: { ordinal: 4, state: 'held', holdUntil: NOW },
        ticket: { ordinal: 4 },
      });
      const held = aMember('held', {
        episode: { ordinal: 5, state: 'held', holdUntil: NOW + 1 },
        ticket: { ordinal: 5 },
      });
      const byPerson = aMember('person', {
        episode: { ordinal: 6, state: 'held', holdUntil: null },
        ticket: { ordinal: 6 },
      });
      await saveTree([due, later, over, held, byPerson]);

      const group = await ask(current(), (groups) => groups.forDelivery('group-1', NOW));

      expect(rowsOf(group)).toEqual({
        episodes: ['episode-root', 'episode-due', 'episode-over'],
        tickets: ['ticket-root', 'ticket-due', 'ticket-over'],
      });
      expect(group?.notes(['note-root', 'note-sent']).map((note) => note.id)).toEqual(['note-root']);
    });

    it('takes the hundred oldest, and an unanswered write before them', async () => {
      const tickets = numbered(150).map((n) =>
        aTicket({ key: `t${n}`, ordinal: n, workAt: NOW - n, intent: n === 150 ? INTENT : null }),
      );
      const episodes = numbered(150).map((n) =>
        anEpisode({ id: `e${n}`, ordinal: n, state: 'held', holdUntil: NOW - n }),
      );
      await save(current(), aGroup(aHead(), { tickets, episodes }));

      const group = await ask(current(), (groups) => groups.forDelivery('group-1', NOW));

      expect(rowsOf(group).tickets).toEqual([...numbered(99).map((n) => `t${n}`), 't150']);
      expect(rowsOf(group).episodes).toEqual(numbered(100).map((n) => `e${n}`));
    });

    it('is null when there is no such group', async () => {
      expect(await ask(current(), (groups) => groups.forDelivery('nobody', NOW))).toBeNull();
      expect(await ask(current(), (groups) => groups.forConclusion('nobody'))).toBeNull();
      expect(await ask(current(), (groups) => groups.forTickets(['nobody']))).toEqual([]);
    });
  });

  describe('a slice for the conclusion', () => {
    it('holds tickets wanted open, tickets that stand open, and firing episodes without a ticket', async () => {
      const wanted = aMember('wanted', { episode: { ordinal: 2 }, ticket: { ordinal: 2 } });
      const standing = aMember('standing', {
        episode: { ordinal: 3, state: 'ended' },
        ticket: { ordinal: 3, wanted: 'closed', reference: '3', seen: 'open' },
      });
      const others = (['closed', 'missing', 'foreign'] as const).map((seen, index) =>
        aMember(seen, {
          episode: { ordinal: 4 + index },
          ticket: { ordinal: 4 + index, wanted: 'closed', reference: '4', seen },
        }),
      );
      const loose = (['firing', 'held', 'settled', 'ended'] as const).map((state, index) => ({
        episode: anEpisode({ id: `loose-${state}`, ordinal: 8 + index, state }),
      }));
      await saveTree([wanted, standing, ...others, ...loose]);

      const group = await ask(current(), (groups) => groups.forConclusion('group-1'));

      expect(rowsOf(group)).toEqual({
        episodes: ['episode-root', 'episode-wanted', 'episode-standing', 'loose-firing', 'loose-held'],
        tickets: ['ticket-root', 'ticket-wanted', 'ticket-standing'],
      });
    });

    it('takes a hundred tickets, those wanted open first, and a thousand episodes', async () => {
      const tickets = numbered(120).map((n) =>
        aTicket({
          key: `t${n}`,
          ordinal: n,
          wanted: n <= 60 ? 'closed' : 'open',
          reference: '1',
          seen: 'open',
        }),
      );
      const episodes = numbered(1100).map((n) => anEpisode({ id: `e${n}`, ordinal: n }));
      await save(current(), aGroup(aHead(), { tickets, episodes }));

      const group = await ask(current(), (groups) => groups.forConclusion('group-1'));

      const expected = [...numbered(40), ...numbered(60).map((n) => n + 60)];
      expect(rowsOf(group).tickets).toEqual(expected.map((n) => `t${n}`));
      expect(rowsOf(group).episodes).toEqual(numbered(1000).map((n) => `e${n}`));
    });
  });

  it('a slice for tickets holds the named ones of each group and its root', async () => {
    const child = aMember('child', { episode: { ordinal: 2 }, ticket: { ordinal: 2 } });
    await saveTree([child, aMember('other', { episode: { ordinal: 3 }, ticket: { ordinal: 3 } })]);
    await save(current(), aGroup(aHead({ id: 'a' }), { tickets: [aTicket({ groupId: 'a' })] }));

    const groups = await ask(current(), (repository) =>
      repository.forTickets(['ticket-child', 'ticket-1', 'unknown']),
    );

    expect(groups.map(rowsOf)).toEqual([
      { episodes: [], tickets: ['ticket-1'] },
      { episodes: ['episode-root', 'episode-child'], tickets: ['ticket-root', 'ticket-child'] },
    ]);
  });
}

function rowsOf(group: TicketGroup | null | undefined): {
  readonly episodes: readonly string[];
  readonly tickets: readonly string[];
} {
  return {
    episodes: group?.episodes.map((episode) => episode.id) ?? [],
    tickets: group?.tickets.map((ticket) => ticket.key) ?? [],
  };
}

function numbered(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
