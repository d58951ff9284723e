import type { DeliveryPorts } from '../ports/delivery-ports.js';
import type { Moment } from '../../domain/ticket-group/moment.js';
import type { TicketGroup } from '../../domain/ticket-group/ticket-group.js';
import type { RouteSettings } from '../../domain/route/route-settings.js';
import type { Lease, Repositories } from '../ports/store.js';
import type { TextSettings } from '../ticket-text/alert-title.js';
import type { BackendCall } from './backend-call.js';
import type { Failure } from '../../domain/ticket-group/postponing.js';
import type { GroupAnswer } from '../../domain/ticket-group/group-answer.js';
import type { SweepTimes } from '../sweep-tickets/sweep-times.js';
import type { BackendState } from '../probe-backend/backend-state.js';
import { callBackend } from './call-backend.js';
import { concludeGroup } from './conclude-group.js';
import { logAnswer } from './log-answer.js';
import { MetTickets } from './met-tickets.js';
import { prepareCall } from './prepare-call.js';

/** A group gives way to others after so many calls, and comes back at once. */
const CALLS_PER_TURN = 50;
/** A call of the backend fails by then, the wait for its turn included. */
const LONGEST_CALL_MS = 60_000;
/** Renewed before every call, and longer than any takes: to fold a copy the backend is asked four times. */
export const LEASE_MS = 180_000;

/**
 * Makes the tickets of one group as they are wanted, as far as that can be done now: one call of the backend after the
 * other, each recorded before it is made and answered before the next. Needs the group's lease; without it nothing is
 * recorded and nothing further is called. Doing it again is harmless, after a crash at any line, too.
 */
export class DeliverGroup {
  private readonly met = new MetTickets();

  constructor(
    private readonly ports: DeliveryPorts,
    private readonly settings: { readonly route: RouteSettings; readonly text: TextSettings },
    private readonly backendState: BackendState,
    private readonly sweepTimes: Pick<SweepTimes, 'createIsUnknown'>,
  ) {}

  /** It stops after a call, with its answer recorded, as soon as `isStopping` says so or the backend may not be asked. */
  async execute(lease: Lease, isStopping: () => boolean = () => false): Promise<void> {
    const { backend, ids, doorbell, logger, giveWay } = this.ports;
    let answer: GroupAnswer | null = null;
    for (let calls = 0; calls <= CALLS_PER_TURN; calls += 1) {
      const call = await this.nextCall(lease, answer, {
        isFirst: calls === 0,
        isLast: calls === CALLS_PER_TURN || isStopping() || !this.backendState.mayDeliver,
      });
      if (answer !== null) doorbell.ring();
      if (call === null) return;
      answer = await callBackend(backend, call, ids.chance());
      // Before this answer keeps the process busy, notifications come in and other groups send what they have prepared.
      await giveWay();
      logAnswer(logger, lease.groupId, answer);
      this.met.learn(answer);
      this.backendState.heard(failureIn(answer), this.ports.clock.now());
      if (leavesCreateUnknown(call, answer)) this.sweepTimes.createIsUnknown(this.ports.clock.now());
    }
  }

  /** One transaction: records the last answer, decides, and prepares the next call; null: nothing to do now. */
  private nextCall(
    lease: Lease,
    answer: GroupAnswer | null,
    turn: { readonly isFirst: boolean; readonly isLast: boolean },
  ): Promise<BackendCall | null> {
    return this.ports.store.transaction(async (repositories) => {
      const moment: Moment = { now: this.ports.clock.now(), newId: () => this.ports.ids.next() };
      if (!(await repositories.leases.renew(lease, moment.now + LEASE_MS))) return null;
      const group = await repositories.groups.forDelivery(lease.groupId, moment.now);
      if (group === null) return null;
      if (turn.isFirst) {
        const { lateCommitMs } = this.ports.backend;
        group.recoverWrites(moment.now, { longestCallMs: LONGEST_CALL_MS, lateCommitMs });
      }
      if (answer !== null) group.answered(answer, moment);
      group.endHeld(moment);
      group.decide(moment);
      if (!turn.isLast) return this.planned(repositories, group, moment);
      await repositories.groups.save([group]);
      return null;
    });
  }

  private async planned(
    repositories: Repositories,
    group: TicketGroup,
    moment: Moment,
  ): Promise<BackendCall | null> {
    const { groups } = repositories;
    if (group.head.concluding) {
      await groups.save([group]);
      await concludeGroup(groups, group.head.id, this.settings.route, moment);
      const concluded = await groups.forDelivery(group.head.id, moment.now);
      return concluded === null ? null : this.prepared(repositories, concluded, moment);
    }
    return this.prepared(repositories, group, moment);
  }

  private async prepared(
    repositories: Repositories,
    group: TicketGroup,
    moment: Moment,
  ): Promise<BackendCall | null> {
    const { groups } = repositories;
    const action = group.nextAction(moment.now);
    if (action === null) {
      group.retime(moment.now);
      await groups.save([group]);
      await groups.setDue(group.head.id, await this.nextDue(repositories, group, moment.now));
      return null;
    }
    const given = { groups, settings: this.settings.text, moment, met: this.met.known };
    const call = await prepareCall(group, action, given);
    group.decide(moment);
    await groups.save([group]);
    return call;
  }

  private async nextDue(repositories: Repositories, group: TicketGroup, now: number): Promise<number | null> {
    if (group.head.concluding) return 0;
    if (group.head.retryAt > now) return group.head.retryAt;
    return repositories.groups.nextDueAfter(group.head.id, now);
  }
}

function failureIn(answer: GroupAnswer): Failure | null {
  return 'failure' in answer ? answer.failure : null;
}

function leavesCreateUnknown(call: BackendCall, answer: GroupAnswer): boolean {
  return call.kind === 'open' && answer.kind === 'failed' && answer.failure.effect !== 'none';
}
