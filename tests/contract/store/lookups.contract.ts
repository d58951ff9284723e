import { aGroup, aHead, anEpisode, aTicket, changesOf } from '../../support/builders/rows.js';
import type { WriteIntent } from '../../../src/domain/ticket-group/ticket.js';
import { ask, save, type CurrentStore } from './store-harness.js';

const UNANSWERED: WriteIntent = {
  kind: 'update',
  status: null,
  noteIds: [],
  accountTo: 0,
  foldedTo: 0,
  at: 0,
  askAt: null,
};

export function describeLookups(current: CurrentStore): void {
  describe('what falls due next', () => {
    const NOW = 5000;

    it('is the earliest work after the given time, or the earliest hold whenever that is over', async () => {
      await save(
        current(),
        aGroup(aHead(), {
          tickets: [NOW - 1, NOW, NOW + 30, null].map((workAt, n) =>
            aTicket({ key: `t${n}`, ordinal: n, workAt }),
          ),
          episodes: [
            anEpisode({ id: 'held', state: 'held', holdUntil: NOW + 20 }),
            anEpisode({ id: 'by a person', state: 'held', holdUntil: null }),
            anEpisode({ id: 'over', state: 'ended', holdUntil: NOW + 10 }),
          ],
        }),
        aGroup(aHead({ id: 'group-2' }), {
          tickets: [aTicket({ key: 'other', groupId: 'group-2', workAt: NOW + 1 })],
        }),
      );

      expect(await ask(current(), (groups) => groups.nextDueAfter('group-1', NOW))).toBe(NOW + 20);
      expect(await ask(current(), (groups) => groups.nextDueAfter('group-1', NOW + 25))).toBe(NOW + 20);
      expect(await ask(current(), (groups) => groups.nextDueAfter('group-2', NOW))).toBe(NOW + 1);
      expect(await ask(current(), (groups) => groups.nextDueAfter('group-2', NOW + 1))).toBeNull();
    });

    it('counts what the transaction itself has saved', async () => {
      await save(current(), aGroup(aHead(), { tickets: [aTicket({ workAt: NOW + 9 })] }));

      const next = await ask(current(), async (groups) => {
        await groups.save([changesOf({ tickets: [aTicket({ workAt: NOW + 3 })] })]);
        return groups.nextDueAfter('group-1', NOW);
      });

      expect(next).toBe(NOW + 3);
    });

    it('is at once for all that waited for the backend, when the backend can be used again', async () => {
      const parked = aTicket({
        parked: { reason: 'forbidden', remedy: 'Ask.' },
        attempts: 3,
        retryAt: 90,
        workAt: 90,
      });
      await save(
        current(),
        aGroup(aHead({ dueAt: 90 }), {
          tickets: [
            parked,
            aTicket({ key: 'failed', attempts: 1, retryAt: 85, workAt: 85 }),
            aTicket({ key: 'later', workAt: 95 }),
          ],
        }),
        aGroup(aHead({ id: 'group-2', retryAt: 80, attempts: 4, dueAt: 80 })),
        aGroup(aHead({ id: 'group-3', dueAt: 70 })),
        aGroup(aHead({ id: 'group-4', instance: 'another', retryAt: 80, dueAt: 80 })),
      );

      await ask(current(), (groups) => groups.resume('backend'));

      const found = async (id: string) => (await current().queries.find(id, 10)) ?? null;
      expect((await found('group-1'))?.head.dueAt).toBe(0);
      const tickets = (await found('group-1'))?.tickets ?? [];
      expect(tickets.find((ticket) => ticket.key === parked.key)).toEqual({
        ...parked,
        retryAt: 0,
        workAt: 0,
      });
      expect(tickets.find((ticket) => ticket.key === 'failed')).toMatchObject({ retryAt: 0, workAt: 0 });
      expect(tickets.find((ticket) => ticket.key === 'later')?.workAt).toBe(95);
      expect((await found('group-2'))?.head).toMatchObject({ retryAt: 0, attempts: 0, dueAt: 0 });
      expect((await found('group-3'))?.head.dueAt).toBe(70);
      expect((await found('group-4'))?.head).toMatchObject({ retryAt: 80, dueAt: 80 });
    });

    it('is set without touching anything else of the head', async () => {
      await save(
        current(),
        aGroup(aHead({ revision: 3, dueAt: 1 })),
        aGroup(aHead({ id: 'group-2', dueAt: 1 })),
      );

      await ask(current(), (groups) => groups.setDue('group-1', 77));

      expect((await current().queries.find('group-1', 1))?.head).toEqual(aHead({ revision: 3, dueAt: 77 }));
      expect((await current().queries.find('group-2', 1))?.head.dueAt).toBe(1);
      await ask(current(), (groups) => groups.setDue('group-1', null));
      expect((await current().queries.find('group-1', 1))?.head.dueAt).toBeNull();
    });
  });

  it('the latest group of a key is the one saved first at the latest, whatever the clock said', async () => {
    const over = { groupKey: 'key', accepting: false };
    await save(
      current(),
      aGroup(aHead({ id: 'z', ...over, openedAt: 9000 })),
      aGroup(aHead({ id: 'other' })),
    );
    await save(current(), aGroup(aHead({ id: 'a', ...over, openedAt: 1000 })));
    await save(current(), aGroup(aHead({ id: 'z', ...over, openedAt: 9000, revision: 2 })));

    const latest = await ask(current(), (groups) => groups.latestOf(['key', 'key of other', 'unknown']));

    expect(latest).toEqual(
      new Map([
        ['key', 'a'],
        ['key of other', 'other'],
      ]),
    );
  });

  it('the root reference is that of the root, null while there is none', async () => {
    await save(
      current(),
      aGroup(aHead({ id: 'with', rootKey: 'root' }), {
        tickets: [
          aTicket({ key: 'root', groupId: 'with', reference: '12' }),
          aTicket({ key: 'child', groupId: 'with', ordinal: 2, reference: '13' }),
        ],
      }),
      aGroup(aHead({ id: 'unsent', rootKey: 'unsent root' }), {
        tickets: [aTicket({ key: 'unsent root', groupId: 'unsent' })],
      }),
      aGroup(aHead({ id: 'without' })),
    );

    const references = ['with', 'unsent', 'without', 'unknown'].map((id) =>
      ask(current(), (groups) => groups.rootReferenceOf(id, 'backend')),
    );

    expect(await Promise.all(references)).toEqual(['12', null, null, null]);
  });

  it('one episode is found by its id', async () => {
    await save(current(), aGroup(aHead(), { episodes: [anEpisode()] }));

    expect(await ask(current(), (groups) => groups.episode('episode-1'))).toEqual(anEpisode());
    expect(await ask(current(), (groups) => groups.episode('unknown'))).toBeNull();
  });

  it('unaccounted episodes come in order of their number, from after the given one', async () => {
    const numbers = [3, 1, null, 2, 4];
    const episodes = numbers.map((accountNo, n) =>
      anEpisode({ id: `e${accountNo}`, ordinal: n, state: 'ended', accountNo }),
    );
    const foreign = anEpisode({ id: 'foreign', groupId: 'group-2', state: 'ended', accountNo: 2 });
    await save(
      current(),
      aGroup(aHead(), { episodes }),
      aGroup(aHead({ id: 'group-2' }), { episodes: [foreign] }),
    );

    const found = await ask(current(), (groups) => groups.unaccounted('group-1', 1, 2));

    expect(found.map((episode) => episode.id)).toEqual(['e2', 'e3']);
    expect(await ask(current(), (groups) => groups.unaccounted('group-1', 4, 2))).toEqual([]);
  });

  it('firing folded episodes are the oldest first, without those that have a ticket or are over', async () => {
    const episodes = [
      anEpisode({ id: 'late', ordinal: 9, folded: true }),
      anEpisode({ id: 'early', ordinal: 3, folded: true, state: 'held', alertId: 'b' }),
      anEpisode({ id: 'placed', ordinal: 1, alertId: 'c' }),
      anEpisode({ id: 'over', ordinal: 2, folded: true, state: 'ended', alertId: 'd' }),
    ];
    await save(current(), aGroup(aHead(), { episodes }));

    const found = await ask(current(), (groups) => groups.firingFolded('group-1', 5));

    expect(found.map((episode) => episode.id)).toEqual(['early', 'late']);
    expect(await ask(current(), (groups) => groups.firingFolded('group-1', 1))).toHaveLength(1);
  });

  it('unverified are the written and answered tickets of the instance, the oldest write first', async () => {
    const written = { written: 'closed', reference: '1' } as const;
    await save(
      current(),
      aGroup(aHead(), {
        tickets: [
          aTicket({ key: 'late', ...written, reference: '7', writtenAt: 30, writeNumber: 4 }),
          aTicket({ key: 'early', ...written, writtenAt: 10 }),
          aTicket({ key: 'middle', ...written, writtenAt: 20 }),
          aTicket({ key: 'read back', written: null, writtenAt: 5, reference: '2' }),
          aTicket({ key: 'waiting', ...written, writtenAt: 7, retryAt: 51 }),
          aTicket({ key: 'unanswered', ...written, writtenAt: 6, intent: UNANSWERED }),
        ],
      }),
      aGroup(aHead({ id: 'group-2', instance: 'another' }), {
        tickets: [aTicket({ key: 'another', groupId: 'group-2', ...written, writtenAt: 1 })],
      }),
    );

    const found = await ask(current(), (groups) => groups.unverified('backend', 10, 50));

    expect(found.map((ticket) => ticket.key)).toEqual(['early', 'middle', 'late']);
    expect(found[2]).toEqual({ key: 'late', reference: '7', writeNumber: 4, writtenAt: 30 });
    expect(await ask(current(), (groups) => groups.unverified('backend', 2, 50))).toHaveLength(2);
  });
}
