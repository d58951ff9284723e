import { sql } from 'kysely';
import type { GroupLeases, Lease, LeaseClaim } from '../../application/ports/store.js';
import type { Database } from './database-schema.js';

/** Leases as columns of the group's row, which saving the head of the group leaves alone. */
export class SqlGroupLeases implements GroupLeases {
  constructor(private readonly database: Database) {}

  async claimDue(claim: LeaseClaim): Promise<readonly Lease[]> {
    const due = this.database
      .selectFrom('ticket_groups')
      .select('id')
      .where('instance', '=', claim.instance)
      .where('due_at', '<=', claim.now)
      .where('lease_until', '<=', claim.now)
      .orderBy(sql`case when root_key is null then 0 else 1 end`)
      .orderBy('due_at')
      .orderBy('no')
      .limit(claim.limit);
    const claimed = await this.database
      .updateTable('ticket_groups')
      .set({ lease_owner: claim.owner, lease_until: claim.until, fence: sql`fence + 1` })
      .where('id', 'in', due)
      .returning(['id', 'fence', 'root_key', 'due_at', 'no'])
      .execute();
    // An update returns its rows in any order.
    return claimed.toSorted(inOrderOfUrgency).map(({ id, fence }) => ({ groupId: id, fence }));
  }

  /** A lease that was given back is not taken up again. */
  async renew(lease: Lease, until: number): Promise<boolean> {
    const renewed = await this.database
      .updateTable('ticket_groups')
      .set({ lease_until: until })
      .where('id', '=', lease.groupId)
      .where('fence', '=', lease.fence)
      .where('lease_owner', 'is not', null)
      .executeTakeFirst();
    return renewed.numUpdatedRows > 0n;
  }

  async release(lease: Lease): Promise<void> {
    await this.database
      .updateTable('ticket_groups')
      .set({ lease_owner: null, lease_until: 0 })
      .where('id', '=', lease.groupId)
      .where('fence', '=', lease.fence)
      .execute();
  }

  async releaseAll(): Promise<void> {
    await this.database
      .updateTable('ticket_groups')
      .set({ lease_owner: null, lease_until: 0 })
      .where('lease_owner', 'is not', null)
      .execute();
  }

  async nextDue(instance: string, now: number): Promise<number | null> {
    const unheld = await this.nextDueUnheld(instance, now);
    const heldUntil = await this.nextLeaseOverOfDue(instance, now);
    if (unheld === null || heldUntil === null) return unheld ?? heldUntil;
    return Math.min(unheld, heldUntil);
  }

  /** What is due and held has its own time, the end of its lease. */
  private async nextDueUnheld(instance: string, now: number): Promise<number | null> {
    const row = await this.database
      .selectFrom('ticket_groups')
      .select('due_at')
      .where('instance', '=', instance)
      .where('due_at', 'is not', null)
      .where((or) => or.or([or('due_at', '>', now), or('lease_until', '<=', now)]))
      .orderBy('due_at')
      .limit(1)
      .executeTakeFirst();
    return row?.due_at ?? null;
  }

  private async nextLeaseOverOfDue(instance: string, now: number): Promise<number | null> {
    const row = await this.database
      .selectFrom('ticket_groups')
      .select('lease_until')
      .where('instance', '=', instance)
      .where('lease_owner', 'is not', null)
      .where('lease_until', '>', now)
      .where('due_at', '<=', now)
      .orderBy('lease_until')
      .limit(1)
      .executeTakeFirst();
    return row?.lease_until ?? null;
  }
}

interface Urgency {
  readonly root_key: string | null;
  readonly due_at: number | null;
  readonly no: number;
}

function inOrderOfUrgency(a: Urgency, b: Urgency): number {
  const rootsFirst = Number(a.root_key !== null) - Number(b.root_key !== null);
  return rootsFirst || (a.due_at ?? 0) - (b.due_at ?? 0) || a.no - b.no;
}
