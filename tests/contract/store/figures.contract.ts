import type { Figures } from '../../../src/application/ports/store-figures.js';
import type { Ticket } from '../../../src/domain/ticket-group/ticket.js';
import { aGroup, aHead, anEpisode, aNote, aTicket } from '../../support/builders/rows.js';
import { save, type CurrentStore } from './store-harness.js';

const NOTHING: Figures = {
  groupsDue: 0,
  groupsFiring: 0,
  episodes: { firing: 0, held: 0, settled: 0, flapping: 0, presumed: 0 },
  parked: new Map(),
  oldestUndelivered: null,
};

const SINCE = { wantedSince: 700, workAt: 1 } as const;
const STANDS = { reference: '1', seen: 'open', wanted: 'open' } as const;
const TO_CLOSE = { ...STANDS, ...SINCE, wanted: 'closed' } as const;
const REFUSED = { status: 'closed', causes: null, changedAt: '', askedAt: 0 } as const;

/** What stands in the way quotes how a refusal is kept, and is none. */
const REFUSED_OPEN = { ...REFUSED, status: 'open', causes: ['"status":"closed"'] } as const;

const WAITING: readonly (Partial<Ticket> & { readonly where: string; readonly since: number | null })[] = [
  { where: 'was never sent', ...SINCE, since: 700 },
  { where: 'is to be closed', ...TO_CLOSE, since: 700 },
  { where: 'is to be opened again', ...SINCE, ...STANDS, seen: 'closed', since: 700 },
  { where: 'is resolved and to be closed', ...TO_CLOSE, seen: 'resolved', since: 700 },
  { where: 'was refused to be closed', ...TO_CLOSE, refused: REFUSED, since: null },
  { where: 'is about to be tried again', ...TO_CLOSE, refused: { ...REFUSED, secondTry: 'due' }, since: 700 },
  {
    where: 'was refused a second time',
    ...TO_CLOSE,
    refused: { ...REFUSED, secondTry: 'done' },
    since: null,
  },
  { where: 'was refused what is wanted no more', ...TO_CLOSE, refused: REFUSED_OPEN, since: 700 },
  { where: 'is parked', ...TO_CLOSE, parked: { reason: 'forbidden', remedy: '' }, since: null },
  { where: 'is parked before it was ever sent', ...SINCE, parked: { reason: 'x', remedy: '' }, since: null },
  { where: 'waits for others to close first', ...TO_CLOSE, workAt: null, since: null },
  { where: 'was written and not read back', ...TO_CLOSE, written: 'closed', writtenAt: 1, since: null },
  { where: 'stands as wanted', ...SINCE, ...STANDS, since: null },
  { where: 'belongs to a person now', ...TO_CLOSE, personal: true, since: null },
  { where: 'is gone', ...TO_CLOSE, seen: 'missing', since: null },
  { where: 'lost its key', ...TO_CLOSE, seen: 'foreign', since: null },
  { where: 'was given up', ...SINCE, wanted: 'none', since: null },
];

export function describeFigures(current: CurrentStore): void {
  const figures = () => current().figures.read('backend', 1000);

  describe('the figures', () => {
    it('are all nothing for a store without anything', async () => {
      expect(await figures()).toEqual(NOTHING);
    });

    it('count what is open by its state, and the groups in which it fires', async () => {
      await save(
        current(),
        aGroup(aHead({ firing: 3 }), {
          episodes: [
            anEpisode({ id: 'a', state: 'firing' }),
            anEpisode({ id: 'b', state: 'firing', flappingTold: true }),
            anEpisode({ id: 'c', state: 'held', flappingTold: true }),
            anEpisode({ id: 'd', state: 'ended', flappingTold: true }),
          ],
        }),
        aGroup(aHead({ id: 'group-2' }), {
          episodes: [anEpisode({ id: 'e', groupId: 'group-2', state: 'settled', flappingTold: true })],
        }),
      );

      expect(await figures()).toEqual({
        ...NOTHING,
        groupsFiring: 1,
        episodes: { firing: 2, held: 1, settled: 1, flapping: 2, presumed: 0 },
      });
    });

    it('count the groups that are due, and none of another backend', async () => {
      const tickets = [
        aTicket({ key: 'far', groupId: 'far', ...SINCE, parked: { reason: 'x', remedy: '' } }),
      ];
      const episodes = [anEpisode({ id: 'far', groupId: 'far' })];
      await save(
        current(),
        aGroup(aHead({ id: 'now', dueAt: 1000 })),
        aGroup(aHead({ id: 'at once', dueAt: 0 })),
        aGroup(aHead({ id: 'later', dueAt: 1001 })),
        aGroup(aHead({ id: 'idle', dueAt: null })),
        aGroup(aHead({ id: 'far', dueAt: 0, firing: 1, instance: 'another' }), { tickets, episodes }),
      );

      expect(await figures()).toEqual({ ...NOTHING, groupsDue: 2 });
    });

    it('count what is parked by its reason, and once what was refused, too', async () => {
      const parked = (reason: string, remedy: string) => ({ parked: { reason, remedy }, refused: REFUSED });
      await save(
        current(),
        aGroup(aHead(), {
          tickets: [
            aTicket({ key: 'a', ...parked('forbidden', 'give the right to edit') }),
            aTicket({ key: 'b', ...parked('forbidden', 'open the project again') }),
            aTicket({ key: 'c', ...parked('rejected', '') }),
            aTicket({ key: 'd', ...STANDS, wanted: 'closed', refused: REFUSED }),
            aTicket({ key: 'e', ...STANDS, refused: REFUSED }),
            aTicket({ key: 'f', ...STANDS }),
            aTicket({ key: 'g', ...TO_CLOSE, refused: { ...REFUSED, secondTry: 'due' } }),
            aTicket({ key: 'h', ...TO_CLOSE, refused: REFUSED_OPEN }),
          ],
        }),
      );

      const { parked: counts } = await figures();

      expect(Object.fromEntries(counts)).toEqual({ forbidden: 2, rejected: 1, refused: 1 });
    });

    it.each(WAITING)(
      'tell since when a ticket waits that $where',
      async ({ where: _where, since, ...ticket }) => {
        await save(current(), aGroup(aHead(), { tickets: [aTicket({ key: 'it', ...ticket })] }));

        expect((await figures()).oldestUndelivered).toBe(since);
      },
    );

    it('tell since when a note waits that may be sent, and the oldest of all', async () => {
      const tickets = [
        aTicket({ ...STANDS, workAt: 1 }),
        aTicket({ key: 'parentless', ...STANDS, workAt: null }),
        aTicket({ key: 'newer', ...TO_CLOSE }),
        aTicket({ key: 'parked', ...STANDS, workAt: 1, parked: { reason: 'x', remedy: '' } }),
        aTicket({ key: 'refused', ...TO_CLOSE, refused: REFUSED }),
      ];
      const notes = [
        aNote({ id: 'gathers', notBefore: 1001 }),
        aNote({ id: 'waits', notBefore: 600 }),
        aNote({ id: 'was sent', notBefore: 5, state: 'sent' }),
        aNote({ id: 'of no use', notBefore: 5, ticketKey: 'parentless' }),
        aNote({ id: 'of one that is parked', notBefore: 5, ticketKey: 'parked' }),
        aNote({ id: 'of one that is refused', notBefore: 5, ticketKey: 'refused' }),
      ];
      await save(current(), aGroup(aHead(), { tickets, notes }));

      expect((await figures()).oldestUndelivered).toBe(600);
    });
  });

  describe('whoever listens to commits', () => {
    it('is told once what each of them wrote of groups, and nothing of other reads and writes', async () => {
      const first = aGroup(aHead(), { tickets: [aTicket()] });
      first.recordEvent('ticket-opened', 1, 'ticket-1', null);
      await save(current(), first, aGroup(aHead({ id: 'group-2' })));
      await current().store.transaction(({ groups }) => groups.keyOf('nobody'));

      expect(
        current().commits.map((changes) => changes.map(({ head, events }) => [head?.id, events.length])),
      ).toEqual([
        [
          ['group-1', 1],
          ['group-2', 0],
        ],
      ]);
    });

    it('is told nothing of what was rolled back', async () => {
      const failing = current().store.transaction(async ({ groups }) => {
        await groups.save([aGroup(aHead())]);
        throw new Error('the work fails');
      });

      await expect(failing).rejects.toThrow('the work fails');
      await save(current(), aGroup(aHead({ id: 'group-2' })));
      expect(current().commits.map((changes) => changes.map(({ head }) => head?.id))).toEqual([['group-2']]);
    });
  });
}
