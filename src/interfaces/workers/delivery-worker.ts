import { LEASE_MS, type DeliverGroup } from '../../application/deliver-group/deliver-group.js';
import type { Clock } from '../../application/ports/clock.js';
import type { Doorbell } from '../../application/ports/doorbell.js';
import type { Logger } from '../../application/ports/logger.js';
import type { Lease, Store } from '../../application/ports/store.js';

/** Groups delivered side by side: more than a backend lets ask at once, so that none of its places stays empty. */
const GROUPS_AT_ONCE = 8;
/** Where no ring comes, because another process made a group due. */
const LOOK_AGAIN_MS = 30_000;
const AFTER_DEFECT_MS = 5_000;
/** By so much a clock is corrected without anything having to be done. */
const SMALL_STEP_MS = 2_000;

/** Takes groups that are due and has them delivered, woken by the doorbell and by due times. */
export class DeliveryWorker {
  private readonly running = new Map<Lease, Running>();
  private loop: Promise<void> | null = null;
  private stopping = false;
  /** Leases that could not be given back, because the store failed. */
  private readonly unreleased = new Set<Lease>();
  /** What the clock said last. */
  private lastNow = 0;

  constructor(
    private readonly deliverGroup: Pick<DeliverGroup, 'execute'>,
    private readonly ports: {
      readonly store: Store;
      readonly clock: Clock;
      readonly doorbell: Doorbell;
      readonly logger: Logger;
    },
    private readonly claimant: { readonly instance: string; readonly owner: string },
    private readonly backendState: { readonly mayDeliver: boolean },
  ) {}

  start(): void {
    this.loop ??= this.run();
  }

  /** Takes nothing further and resolves when what is under way is recorded. Stopping twice is harmless. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.ports.doorbell.ring();
    await this.loop;
    await Promise.allSettled([...this.running.values()].map(({ work }) => work));
  }

  private async run(): Promise<void> {
    const { doorbell, logger } = this.ports;
    while (!this.stopping) {
      const { rings } = doorbell;
      try {
        await this.releaseAgain();
        await this.noticeStepBack();
        const leases = await this.claim();
        for (const lease of leases) this.deliver(lease);
        if (leases.length === 0) await doorbell.wait(await this.untilNextDue(), rings);
      } catch (error) {
        logger.error('delivery cannot use the store, it is tried again', { problem: String(error) });
        await doorbell.wait(AFTER_DEFECT_MS, doorbell.rings);
      }
    }
  }

  private async releaseAgain(): Promise<void> {
    for (const lease of this.unreleased) {
      await this.ports.store.transaction(({ leases }) => leases.release(lease));
      this.unreleased.delete(lease);
    }
  }

  /** What waits for a time of the clock before it was set back would wait longer by as much. */
  private async noticeStepBack(): Promise<void> {
    const { store, clock, logger } = this.ports;
    const now = clock.now();
    if (now < this.lastNow - SMALL_STEP_MS) {
      logger.warn('the clock was set back, everything that waits is tried at once', {
        seconds: Math.round((this.lastNow - now) / 1_000),
      });
      await store.transaction(({ groups }) => groups.clockSteppedBack(this.claimant.instance, now));
    }
    this.lastNow = now;
  }

  private async claim(): Promise<readonly Lease[]> {
    const limit = this.backendState.mayDeliver ? GROUPS_AT_ONCE - this.running.size : 0;
    if (limit <= 0) return [];
    const now = this.ports.clock.now();
    const until = now + LEASE_MS;
    // A clock that was set forward has ended the leases of groups that are still under way here.
    const endedEarly = [...this.running].filter(([, { heldUntil }]) => heldUntil <= now);
    const claimed = await this.ports.store.transaction(async ({ leases }) => {
      for (const [lease] of endedEarly) await leases.renew(lease, until);
      return leases.claimDue({ ...this.claimant, now, until, limit });
    });
    for (const [, running] of endedEarly) running.heldUntil = until;
    return claimed;
  }

  private async untilNextDue(): Promise<number> {
    if (this.running.size >= GROUPS_AT_ONCE || !this.backendState.mayDeliver) return LOOK_AGAIN_MS;
    const now = this.ports.clock.now();
    const { instance } = this.claimant;
    const due = await this.ports.store.transaction(({ leases }) => leases.nextDue(instance, now));
    return due === null ? LOOK_AGAIN_MS : Math.min(LOOK_AGAIN_MS, Math.max(0, due - now));
  }

  /** A group that fails by a defect of ours must not keep others from their turn. */
  private postpone(groupId: string): Promise<void> {
    const dueAt = this.ports.clock.now() + AFTER_DEFECT_MS;
    return this.ports.store.transaction(({ groups }) => groups.setDue(groupId, dueAt));
  }

  private deliver(lease: Lease): void {
    const { store, doorbell, logger } = this.ports;
    const work = this.deliverGroup
      .execute(lease, () => this.stopping)
      .catch((error: unknown) => {
        logger.error('delivery of a group failed', { groupId: lease.groupId, problem: String(error) });
        return this.postpone(lease.groupId);
      })
      .then(() => store.transaction(({ leases }) => leases.release(lease)))
      .catch((error: unknown) => {
        this.unreleased.add(lease);
        logger.error('lease not given back, it is tried again', {
          groupId: lease.groupId,
          problem: String(error),
        });
      })
      .finally(() => {
        this.running.delete(lease);
        doorbell.ring();
      });
    this.running.set(lease, { work, heldUntil: this.lastNow + LEASE_MS });
  }
}

/** A group that is being delivered. */
interface Running {
  readonly work: Promise<void>;
  /** Its lease holds at least until then (ms): each call renews it. */
  heldUntil: number;
}
