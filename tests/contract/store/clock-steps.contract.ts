import type { WriteIntent } from '../../../src/domain/ticket-group/ticket.js';
import { aGroup, aHead, aNote, aTicket } from '../../support/builders/rows.js';
import { ask, save, type CurrentStore } from './store-harness.js';

const NOW = 1_000;
const LATER = 5_000;
const WAIT = 120;

/** Recorded before the clock was set back. */
const INTENT: WriteIntent = {
  kind: 'open',
  status: 'open',
  noteIds: [],
  accountTo: 0,
  foldedTo: 0,
  at: LATER,
  askAt: LATER + WAIT,
};

export function describeClockSteps(current: CurrentStore): void {
  const stepBack = (): Promise<void> => ask(current(), (groups) => groups.clockSteppedBack('backend', NOW));
  const group = async (id: string) => current().queries.find(id, 10);

  describe('a clock that was set back', () => {
    it('makes what waits for a later time due at once, and leaves other backends alone', async () => {
      const times = { retryAt: LATER, dueAt: LATER };
      await save(
        current(),
        aGroup(aHead(times), { tickets: [aTicket({ attempts: 2, retryAt: LATER, workAt: LATER })] }),
        aGroup(aHead({ id: 'group-2', dueAt: NOW })),
        aGroup(aHead({ id: 'group-3', instance: 'another', ...times })),
      );

      await stepBack();

      const first = await group('group-1');
      expect(first?.head).toMatchObject({ retryAt: 0, dueAt: 0 });
      expect(first?.tickets).toMatchObject([{ attempts: 2, retryAt: 0, workAt: 0 }]);
      expect((await group('group-2'))?.head.dueAt).toBe(NOW);
      expect((await group('group-3'))?.head).toMatchObject(times);
    });

    it('has a note sent that gathers, and a copy dealt with', async () => {
      const copy = { reference: '9', state: 'found', attempts: 1, retryAt: LATER } as const;
      await save(
        current(),
        aGroup(aHead({ dueAt: LATER }), {
          tickets: [aTicket({ workAt: LATER, copies: [copy] })],
          notes: [aNote({ notBefore: LATER })],
        }),
      );

      await stepBack();

      const found = await group('group-1');
      expect(found?.notes.map(({ notBefore }) => notBefore)).toEqual([NOW]);
      expect(found?.tickets[0]?.copies).toEqual([{ ...copy, retryAt: 0 }]);
    });

    it('has an unanswered write asked about after its whole wait, counted once', async () => {
      const since: WriteIntent = { ...INTENT, at: NOW - 1, askAt: NOW - 1 + WAIT };
      const unasked: WriteIntent = { ...INTENT, askAt: null };
      await save(
        current(),
        aGroup(aHead({ dueAt: LATER }), {
          tickets: [
            aTicket({ key: 'before', ordinal: 1, intent: INTENT, workAt: LATER + WAIT }),
            aTicket({ key: 'since', ordinal: 2, intent: since, workAt: NOW - 1 + WAIT }),
            aTicket({ key: 'unasked', ordinal: 3, intent: unasked, workAt: 0 }),
          ],
        }),
      );

      await stepBack();
      await stepBack();

      const intents = (await group('group-1'))?.tickets.map(({ intent }) => intent);
      expect(intents).toEqual([{ ...INTENT, at: NOW, askAt: NOW + WAIT }, since, { ...unasked, at: NOW }]);
    });
  });
}
