import type { GroupStateFilter } from '../../../src/application/ports/ticket-group-queries.js';
import type { Episode } from '../../../src/domain/ticket-group/episode.js';
import type { GroupHead } from '../../../src/domain/ticket-group/group-head.js';
import type { Ticket } from '../../../src/domain/ticket-group/ticket.js';
import { aGroup, aHead, aMember, anEpisode, aTicket } from '../../support/builders/rows.js';
import { save, type CurrentStore } from './store-harness.js';

const PARKED = { reason: 'forbidden', remedy: 'ask' };
const REFUSED = { status: 'closed', causes: null, changedAt: '', askedAt: 0 } as const;

interface Case {
  readonly where: string;
  readonly head?: Partial<GroupHead>;
  readonly root: Partial<Ticket>;
  readonly child?: Partial<Ticket>;
  readonly member?: Partial<Episode>;
  /** The lists that show the group, beside the one of all. */
  readonly lists: readonly GroupStateFilter[];
}

const OVER = { wanted: 'closed', reference: '1', seen: 'closed' } as const;
const CASES: readonly Case[] = [
  { where: 'all is over', root: OVER, lists: ['closed'] },
  { where: 'a member fires', head: { firing: 1 }, root: OVER, lists: ['open'] },
  { where: 'a child may stand open', head: { openChildren: 1 }, root: OVER, lists: ['open'] },
  { where: 'the root stands open', root: { ...OVER, seen: 'open' }, lists: ['open'] },
  { where: 'the root is resolved', root: { ...OVER, seen: 'resolved' }, lists: ['open'] },
  { where: 'the root is to be opened', root: { wanted: 'open' }, lists: ['open'] },
  { where: 'the root is gone', root: { ...OVER, seen: 'missing' }, lists: ['closed'] },
  { where: 'the root is to be created and closed', root: { wanted: 'closed' }, lists: ['open'] },
  {
    where: 'the root is created and not read back',
    root: { wanted: 'closed', reference: '1' },
    lists: ['open'],
  },
  { where: 'the root was never sent', root: { wanted: 'none' }, lists: ['closed'] },
  { where: 'a child is parked', root: OVER, child: { ...OVER, parked: PARKED }, lists: ['closed', 'parked'] },
  { where: 'the root is parked', root: { wanted: 'open', parked: PARKED }, lists: ['open', 'parked'] },
  { where: 'a member is settled and fires', root: OVER, member: { state: 'settled' }, lists: ['open'] },
  { where: 'a settled member is over', root: OVER, member: { state: 'ended' }, lists: ['closed'] },
  {
    where: 'a close was refused',
    root: { ...OVER, seen: 'open', refused: REFUSED },
    lists: ['open', 'parked'],
  },
  {
    where: 'a close of a child was refused',
    root: OVER,
    child: { ...OVER, seen: 'open', refused: REFUSED },
    head: { openChildren: 1 },
    lists: ['open', 'parked'],
  },
  {
    where: 'what was refused is wanted no longer',
    root: { ...OVER, refused: { ...REFUSED, status: 'open' } },
    lists: ['closed'],
  },
  {
    where: 'what was refused is written after all',
    root: { ...OVER, seen: 'open', written: 'closed', refused: REFUSED },
    lists: ['open'],
  },
  {
    where: 'what was refused is tried again at once',
    root: { ...OVER, seen: 'open', refused: { ...REFUSED, secondTry: 'due' } },
    lists: ['open'],
  },
  {
    where: 'what was refused is gone',
    root: { ...OVER, seen: 'missing', refused: REFUSED },
    lists: ['closed'],
  },
  {
    where: 'a refusal names words like ours',
    root: { ...OVER, seen: 'open', refused: { ...REFUSED, causes: ['"secondTry":"due"'] } },
    lists: ['open', 'parked'],
  },
];

export function describeQueries(current: CurrentStore): void {
  describe('a list of groups', () => {
    it.each(CASES)(
      'where $where',
      async ({ head, root, child = OVER, member = { state: 'ended' }, lists }) => {
        const tickets = [aTicket({ key: 'root', ...root }), aTicket({ key: 'child', ordinal: 2, ...child })];
        await save(
          current(),
          aGroup(aHead({ rootKey: 'root', ...head }), { tickets, episodes: [anEpisode(member)] }),
          aGroup(aHead({ id: 'bystander' })),
        );

        for (const filter of ['open', 'closed', 'parked'] as const) {
          const page = await current().queries.list(filter, 1, 10);
          const shown = page.groups.map((group) => group.head.id).filter((id) => id === 'group-1');
          expect([filter, shown]).toEqual([filter, lists.includes(filter) ? ['group-1'] : []]);
          expect(page.total).toBe(page.groups.length);
        }
        expect((await current().queries.list(null, 1, 10)).total).toBe(2);
      },
    );

    it('shows the newest first, page by page, and counts them all', async () => {
      for (let n = 1; n <= 5; n += 1)
        await save(current(), aGroup(aHead({ id: `group-${n}`, openedAt: 1000 })));
      await save(current(), aGroup(aHead({ id: 'group-1', revision: 2 })));

      const pages = await Promise.all([1, 2, 3, 4].map((page) => current().queries.list(null, page, 2)));

      expect(pages.map((page) => page.groups.map((group) => group.head.id))).toEqual([
        ['group-5', 'group-4'],
        ['group-3', 'group-2'],
        ['group-1'],
        [],
      ]);
      expect(pages.map((page) => page.total)).toEqual([5, 5, 5, 5]);
    });

    it('shows the first sixty members of each group in order of joining, the root among them', async () => {
      const members = Array.from({ length: 70 }, (_, n) => {
        const ordinal = 70 - n;
        return aMember(String(ordinal), { episode: { ordinal }, ticket: { ordinal } });
      });
      const rows = { episodes: members.map((one) => one.episode), tickets: members.map((one) => one.ticket) };
      await save(
        current(),
        aGroup(aHead({ rootKey: 'ticket-65' }), rows),
        aGroup(aHead({ id: 'group-2' }), { tickets: [aTicket({ key: 'another', groupId: 'group-2' })] }),
      );

      const { groups } = await current().queries.list(null, 1, 10);

      expect(groups.map((group) => [group.head.id, group.tickets.length, group.episodes.length])).toEqual([
        ['group-2', 1, 0],
        ['group-1', 60, 60],
      ]);
      expect(groups[1]?.tickets.map((ticket) => ticket.ordinal)).toEqual([...upTo(59), 65]);
      expect(groups[1]?.episodes.map((episode) => episode.ordinal)).toEqual([...upTo(59), 65]);
    });
  });

  it('the tickets of episodes come with the root of their group', async () => {
    const root = aMember('root', { ticket: { ordinal: 1 } });
    const child = aMember('child', { episode: { ordinal: 2 }, ticket: { ordinal: 2 } });
    const folded = anEpisode({ id: 'folded', ordinal: 3, folded: true });
    const early = anEpisode({ id: 'early', groupId: 'group-2', ticketKey: 'unsaved' });
    await save(
      current(),
      aGroup(aHead({ rootKey: root.ticket.key }), {
        episodes: [root.episode, child.episode, folded],
        tickets: [root.ticket, child.ticket],
      }),
      aGroup(aHead({ id: 'group-2' }), { episodes: [early] }),
    );

    const standings = await current().queries.ticketsOf([
      root.episode.id,
      child.episode.id,
      'folded',
      'early',
      'unknown',
    ]);

    expect(Object.fromEntries(standings)).toEqual({
      'episode-root': { episode: root.episode, ticket: root.ticket, root: root.ticket },
      'episode-child': { episode: child.episode, ticket: child.ticket, root: root.ticket },
      folded: { episode: folded, ticket: null, root: root.ticket },
      early: { episode: early, ticket: null, root: null },
    });
    expect((await current().queries.ticketsOf([])).size).toBe(0);
  });
}

function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
