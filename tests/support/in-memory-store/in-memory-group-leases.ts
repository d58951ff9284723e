import type { GroupLeases, Lease, LeaseClaim } from '../../../src/application/ports/store.js';
import type { GroupRow, MemoryTables } from './memory-tables.js';

export class InMemoryGroupLeases implements GroupLeases {
  constructor(private readonly tables: MemoryTables) {}

  async claimDue(claim: LeaseClaim): Promise<readonly Lease[]> {
    const due = this.withDueTime(claim.instance).filter(
      ({ dueAt, row }) => dueAt <= claim.now && row.leaseUntil <= claim.now,
    );
    const rootsFirst = due.toSorted(
      (a, b) =>
        Number(a.row.head.rootKey !== null) - Number(b.row.head.rootKey !== null) || a.dueAt - b.dueAt,
    );
    return rootsFirst.slice(0, claim.limit).map(({ row }) => {
      const fence = row.fence + 1;
      this.tables.groups.put(row.head.id, {
        ...row,
        leaseOwner: claim.owner,
        leaseUntil: claim.until,
        fence,
      });
      return { groupId: row.head.id, fence };
    });
  }

  async renew(lease: Lease, until: number): Promise<boolean> {
    const row = this.tables.groups.get(lease.groupId);
    if (row?.fence !== lease.fence || row.leaseOwner === null) return false;
    this.tables.groups.put(lease.groupId, { ...row, leaseUntil: until });
    return true;
  }

  async release(lease: Lease): Promise<void> {
    const row = this.tables.groups.get(lease.groupId);
    if (row?.fence !== lease.fence) return;
    this.tables.groups.put(lease.groupId, { ...row, leaseOwner: null, leaseUntil: 0 });
  }

  async releaseAll(): Promise<void> {
    for (const row of this.tables.groups.all()) {
      this.tables.groups.put(row.head.id, { ...row, leaseOwner: null, leaseUntil: 0 });
    }
  }

  async nextDue(instance: string, now: number): Promise<number | null> {
    const times = this.withDueTime(instance).map(({ dueAt, row }) =>
      dueAt <= now && row.leaseUntil > now ? row.leaseUntil : dueAt,
    );
    return times.length === 0 ? null : times.reduce((least, time) => Math.min(least, time));
  }

  private withDueTime(instance: string): readonly { readonly dueAt: number; readonly row: GroupRow }[] {
    return this.tables.groups
      .all()
      .flatMap((row) =>
        row.head.instance === instance && row.head.dueAt !== null ? [{ dueAt: row.head.dueAt, row }] : [],
      );
  }
}
