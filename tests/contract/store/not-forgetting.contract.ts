import type { GroupSlice } from '../../../src/domain/ticket-group/group-slice.js';
import { AGE, ALL, anOldGroup, BEFORE, keep, known } from './an-old-group.js';
import type { CurrentStore } from './store-harness.js';

const INTENT = {
  kind: 'update',
  status: 'closed',
  noteIds: [],
  accountTo: 0,
  foldedTo: 0,
  at: 0,
  askAt: 0,
} as const;

const KEPT: readonly (readonly [string, GroupSlice])[] = [
  ['was opened since', anOldGroup('1', { head: { openedAt: BEFORE } })],
  ['may still take members', anOldGroup('1', { head: { acceptsUntil: BEFORE } })],
  ['has a member that fires', anOldGroup('1', { head: { firing: 1 }, episode: { state: 'firing' } })],
  ['has a settled member that fires', anOldGroup('1', { episode: { state: 'settled' } })],
  ['has a child that may stand open', anOldGroup('1', { head: { openChildren: 1 } })],
  ['has an end that is to be dealt with', anOldGroup('1', { head: { concluding: true } })],
  ['is due', anOldGroup('1', { head: { dueAt: 0 } })],
  ['has a ticket that stands open', anOldGroup('1', { ticket: { seen: 'open' } })],
  ['has a ticket to be opened', anOldGroup('1', { ticket: { wanted: 'open', seen: 'absent' } })],
  ['has a write without an answer', anOldGroup('1', { ticket: { intent: INTENT } })],
  ['has a write that was not read back', anOldGroup('1', { ticket: { written: 'closed' } })],
  ['has a ticket that wants work', anOldGroup('1', { ticket: { workAt: 9_000_000 } })],
  ['has a parked ticket', anOldGroup('1', { ticket: { parked: { reason: 'forbidden', remedy: '' } } })],
  ['has a ticket that was read since', anOldGroup('1', { ticket: { seenAt: BEFORE } })],
  ['has a history since', anOldGroup('1', { eventAt: BEFORE })],
];

export function describeForgettingNothingElse(current: CurrentStore): void {
  describe('a group is kept that', () => {
    it.each(KEPT)('%s', async (_why, group) => {
      await keep(current(), group, anOldGroup('2'));

      await current().oldRecords.forgetGroups(AGE, ALL);

      expect(await known(current(), '1', '2')).toEqual({ groups: ['1'], alerts: ['1'], keys: ['1'] });
    });

    it('is being delivered', async () => {
      await keep(current(), anOldGroup('1', { head: { dueAt: 1 } }));
      await current().store.transaction(async ({ leases, groups }) => {
        await leases.claimDue({ instance: 'backend', owner: 'one', now: 2, until: 3, limit: 1 });
        await groups.setDue('group-1', null);
      });

      await current().oldRecords.forgetGroups(AGE, ALL);

      expect((await known(current(), '1')).groups).toEqual(['1']);
    });
  });
}
