import type { Lease, LeaseClaim } from '../../../src/application/ports/store.js';
import { aGroup, aHead, aTicket } from '../../support/builders/rows.js';
import { ask, save, type CurrentStore } from './store-harness.js';

const NOW = 5000;

export function describeLeases(current: CurrentStore): void {
  const claim = (given: Partial<LeaseClaim> = {}): Promise<readonly Lease[]> =>
    current().store.transaction(({ leases }) =>
      leases.claimDue({ instance: 'backend', owner: 'one', now: NOW, until: NOW + 100, limit: 10, ...given }),
    );
  const renew = (lease: Lease, until: number): Promise<boolean> =>
    current().store.transaction(({ leases }) => leases.renew(lease, until));
  const release = (lease: Lease): Promise<void> =>
    current().store.transaction(({ leases }) => leases.release(lease));
  const nextDue = (now: number): Promise<number | null> =>
    current().store.transaction(({ leases }) => leases.nextDue('backend', now));
  const claimed = async (given: Partial<LeaseClaim> = {}): Promise<readonly string[]> =>
    (await claim(given)).map((lease) => lease.groupId);
  /** Claims the only group that is due. */
  const claimOne = async (given: Partial<LeaseClaim> = {}): Promise<Lease> => {
    const [lease] = await claim(given);
    if (lease === undefined) throw new Error('nothing was due');
    return lease;
  };

  describe('a claim', () => {
    it('takes the due groups of its instance, those without a root first, then by due time, up to the limit', async () => {
      const heads = [
        aHead({ id: 'rooted early', dueAt: 1, rootKey: 'r' }),
        aHead({ id: 'rooted late', dueAt: NOW, rootKey: 'r' }),
        aHead({ id: 'new late', dueAt: 900 }),
        aHead({ id: 'new early', dueAt: 800 }),
        aHead({ id: 'not due', dueAt: NOW + 1 }),
        aHead({ id: 'never due', dueAt: null }),
        aHead({ id: 'elsewhere', dueAt: 1, instance: 'another' }),
      ];
      await save(current(), ...heads.map((head) => aGroup(head)));

      expect(await claimed({ limit: 3 })).toEqual(['new early', 'new late', 'rooted early']);
      expect(await claimed()).toEqual(['rooted late']);
      expect(await claimed()).toEqual([]);
    });

    it('skips what somebody holds until that lease is over, then raises the fence', async () => {
      await save(current(), aGroup(aHead({ dueAt: 1 })));
      const first = await claimOne({ owner: 'one', until: NOW + 100 });

      expect(await claimed({ owner: 'two', now: NOW + 99 })).toEqual([]);
      const second = await claimOne({ owner: 'two', now: NOW + 100, until: NOW + 200 });

      expect(second.fence).toBeGreaterThan(first.fence);
    });

    it('is given to one of two who ask at the same time', async () => {
      await save(current(), aGroup(aHead({ dueAt: 1 })));

      const both = await Promise.all([claim({ owner: 'one' }), claim({ owner: 'two' })]);

      expect(both.flat()).toHaveLength(1);
    });
  });

  describe('a lease', () => {
    it('is renewed while nobody else has taken the group, even when it is over', async () => {
      await save(current(), aGroup(aHead({ dueAt: 1 })));
      const lease = await claimOne({ until: NOW + 100 });

      expect(await renew(lease, NOW + 300)).toBe(true);

      expect(await claimed({ owner: 'two', now: NOW + 299 })).toEqual([]);
      expect(await renew(lease, NOW + 100)).toBe(true);
      expect(await claimed({ owner: 'two', now: NOW + 100 })).toEqual(['group-1']);
    });

    it('is lost once somebody else has taken the group, and does not disturb that one', async () => {
      await save(current(), aGroup(aHead({ dueAt: 1 })));
      const lost = await claimOne({ until: NOW + 1 });
      const held = await claimOne({ owner: 'two', now: NOW + 1, until: NOW + 50 });

      expect(await renew(lost, NOW + 999)).toBe(false);
      await release(lost);

      expect(await claimed({ owner: 'three', now: NOW + 49 })).toEqual([]);
      expect(await renew(held, NOW + 60)).toBe(true);
      expect(await claimed({ owner: 'three', now: NOW + 60 })).toEqual(['group-1']);
    });

    it('that is given back frees the group at once, is harmless to give back again, and is not renewed', async () => {
      await save(current(), aGroup(aHead({ dueAt: 1 })));
      const lease = await claimOne();

      await release(lease);
      await release(lease);

      expect(await renew(lease, NOW + 100)).toBe(false);
      const next = await claimOne();
      expect(next.fence).toBeGreaterThan(lease.fence);
    });

    it('is taken from whoever holds it when all are released', async () => {
      await save(current(), aGroup(aHead({ dueAt: 1 })));
      const lease = await claimOne({ until: NOW + 100 });

      await current().store.transaction(({ leases }) => leases.releaseAll());

      expect(await renew(lease, NOW + 100)).toBe(false);
      expect(await claimed({ owner: 'two' })).toEqual(['group-1']);
    });

    it('of a group that does not exist is not renewed', async () => {
      expect(await renew({ groupId: 'nobody', fence: 0 }, NOW)).toBe(false);
    });

    it('is left alone by saving the group', async () => {
      const head = aHead({ dueAt: 1 });
      await save(current(), aGroup(head));
      const lease = await claimOne({ until: NOW + 100 });

      await save(current(), aGroup({ ...head, revision: 5, dueAt: 2 }, { tickets: [aTicket()] }));
      await ask(current(), (groups) => groups.setDue('group-1', 3));

      expect(await claimed({ owner: 'two' })).toEqual([]);
      expect(await renew(lease, NOW + 100)).toBe(true);
      const next = await claimOne({ owner: 'two', now: NOW + 100 });
      expect(next.fence).toBe(lease.fence + 1);
    });
  });

  describe('the next due time', () => {
    it('is null when no group of the instance is due ever', async () => {
      await save(
        current(),
        aGroup(aHead({ dueAt: null })),
        aGroup(aHead({ id: 'other', instance: 'another', dueAt: 1 })),
      );

      expect(await nextDue(NOW)).toBeNull();
    });

    it('is the earliest due time of what nobody holds, also when it has passed', async () => {
      await save(
        current(),
        aGroup(aHead({ dueAt: NOW + 10 })),
        aGroup(aHead({ id: 'group-2', dueAt: NOW + 5 })),
      );

      expect(await nextDue(NOW)).toBe(NOW + 5);
      expect(await nextDue(NOW + 7)).toBe(NOW + 5);
    });

    it('is the end of the lease for what is due and held', async () => {
      await save(current(), aGroup(aHead({ dueAt: 1 })), aGroup(aHead({ id: 'group-2', dueAt: NOW + 500 })));
      await claimOne({ until: NOW + 100 });

      expect(await nextDue(NOW)).toBe(NOW + 100);
      expect(await nextDue(NOW + 100)).toBe(1);
    });

    it('is the due time of what is held but due later, when that is before all leases end', async () => {
      await save(current(), aGroup(aHead({ dueAt: 1 })));
      await claimOne({ until: NOW + 100 });
      await ask(current(), (groups) => groups.setDue('group-1', NOW + 20));

      expect(await nextDue(NOW)).toBe(NOW + 20);
      expect(await nextDue(NOW + 20)).toBe(NOW + 100);
    });
  });
}
