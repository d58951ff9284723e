import { AcceptNotification } from '../../../src/application/accept-notification/accept-notification.js';
import { AdoptTickets } from '../../../src/application/adopt-tickets/adopt-tickets.js';
import { DeliverGroup, LEASE_MS } from '../../../src/application/deliver-group/deliver-group.js';
import { OpenOrGroup } from '../../../src/application/open-or-group/open-or-group.js';
import type { DeliveryPorts } from '../../../src/application/ports/delivery-ports.js';
import { StoreUnavailableError, type Lease } from '../../../src/application/ports/store.js';
import { BackendState } from '../../../src/application/probe-backend/backend-state.js';
import { ProbeBackend } from '../../../src/application/probe-backend/probe-backend.js';
import { ResolveAndClose } from '../../../src/application/resolve-and-close/resolve-and-close.js';
import { SweepTickets } from '../../../src/application/sweep-tickets/sweep-tickets.js';
import { SweepTimes } from '../../../src/application/sweep-tickets/sweep-times.js';
import { english } from '../../../src/application/ticket-text/english.js';
import { LocalTime } from '../../../src/application/ticket-text/local-time.js';
import { VerifyTickets } from '../../../src/application/verify-tickets/verify-tickets.js';
import { RecordingLogger } from '../../support/recording-logger.js';
import { SilentDoorbell } from '../../support/world/fakes.js';
import { receivedOf, type Body } from '../alerts.js';
import type { Reception } from '../alertmanager/network.js';
import { intercepted } from '../intercepted.js';
import type { Step } from './hazards.js';
import { MortalStore, type Life } from './mortal-store.js';
import type { Surroundings } from './surroundings.js';

const AFTER_DEFECT_MS = 5_000;
/** What stays undone after so many rounds is a loop without end. */
const MOST_ROUNDS = 2_000;
const TIME = new LocalTime('Asia/Tokyo');

/** Nothing else runs in the process of a history: what overlaps does so where time passes. */
const giveWay = (): Promise<void> => Promise.resolve();

/** The process has died: whatever it was about to do is not done. */
export class Crash extends Error {}

/** One life of the service: its use cases, driven by hand instead of by its workers' loops, until it is killed. */
export class AlertreeProcess implements Life {
  isAlive = true;
  readonly hazards;
  private readonly intakeStore: MortalStore;
  private readonly ports: DeliveryPorts;
  private readonly accept: Pick<AcceptNotification, 'execute'>;
  private readonly deliverGroup: DeliverGroup;
  private readonly verifyTickets: VerifyTickets;
  private readonly probeBackend: ProbeBackend;
  private readonly sweepTickets: SweepTickets;
  private readonly backendState = new BackendState();
  private readonly doorbell = new SilentDoorbell();
  private readonly busy = new Set<string>();
  private wakeAt: number | null = null;

  constructor(private readonly given: Surroundings) {
    const { store, tracker, clock, ids, route, mutation } = given;
    this.hazards = given.hazards;
    const logger = new RecordingLogger();
    this.intakeStore = new MortalStore(store, this);
    const watched = intercepted(tracker.connect(), (method, args, call) => this.call(method, args, call));
    const backend = mutation.backend?.(watched) ?? watched;
    const { doorbell } = this;
    this.ports = { store: new MortalStore(store, this), backend, clock, ids, doorbell, logger, giveWay };
    const useCases = { openOrGroup: new OpenOrGroup(giveWay), resolveAndClose: new ResolveAndClose(giveWay) };
    const settings = { route, instance: backend.instance };
    const accept = new AcceptNotification(useCases, settings, { ...this.ports, store: this.intakeStore });
    this.accept = mutation.accept?.(accept) ?? accept;
    const text = { words: english, subjectLabels: ['instance'], groupBy: route.groupBy, time: TIME };
    const sweepTimes = new SweepTimes(backend.lateCommitMs);
    this.deliverGroup = new DeliverGroup(this.ports, { route, text }, this.backendState, sweepTimes);
    const verifyBackend = mutation.verifyBackend?.(backend) ?? backend;
    this.verifyTickets = new VerifyTickets({ ...this.ports, backend: verifyBackend }, this.backendState);
    this.sweepTickets = new SweepTickets(this.ports, sweepTimes, this.backendState);
    const adoptTickets = new AdoptTickets(this.ports, { route });
    this.probeBackend = new ProbeBackend(this.ports, this.backendState, adoptTickets);
  }

  /** Where the store cannot be used the process ends, and is started again. */
  async start(): Promise<void> {
    await this.living(async () => {
      try {
        await this.ports.store.transaction(({ leases }) => leases.releaseAll());
      } catch (error) {
        if (error instanceof StoreUnavailableError) this.die();
        throw error instanceof StoreUnavailableError ? new Crash('no store') : error;
      }
    });
    await this.work();
  }

  /** A webhook. */
  async hear(body: Body): Promise<Reception> {
    const { facts } = this.given;
    const before = this.intakeStore.commits;
    const { rings } = this.doorbell;
    const alerts = body.map((fact, index) => ({ index, alert: receivedOf(fact) }));
    let reception = 'unanswered' as Reception;
    await this.living(async () => {
      try {
        const outcomes = await this.accept.execute({
          source: 'default',
          receiver: null,
          alerts,
          rejected: [],
        });
        reception = 'accepted';
        facts.answered(body, outcomes, this.intakeStore.commits > before);
      } catch (error) {
        if (!(error instanceof StoreUnavailableError)) throw error;
        reception = 'unavailable';
      }
    });
    if (reception === 'accepted' || this.intakeStore.commits > before) facts.hear(body);
    if (this.isAlive && this.doorbell.rings > rings) this.given.timeline.in(0, () => this.work());
    return reception;
  }

  /** Does all that is due; several may be under way at once, as the workers are. */
  async work(): Promise<void> {
    if (!this.isAlive || this.busy.size > 1) return;
    await this.living(async () => {
      try {
        await this.rounds();
        await this.planWake();
      } catch (error) {
        if (!(error instanceof StoreUnavailableError)) throw error;
        this.wakeIn(AFTER_DEFECT_MS);
      }
    });
  }

  passes(step: Step): void {
    this.mustLive();
    if (!this.hazards.crashesAt(step)) return;
    this.die();
    throw new Crash(step);
  }

  mustLive(): void {
    if (!this.isAlive) throw new Crash('It is dead.');
  }

  /** What it is about to do is not done; what it has sent arrives. */
  die(): void {
    this.isAlive = false;
    this.given.died();
  }

  private async living(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
    }
  }

  /** Time passes on the way there and back, and the process can die on either. */
  private async call(
    method: string,
    args: readonly unknown[],
    call: () => Promise<unknown>,
  ): Promise<unknown> {
    const { timeline, chance, watch, trace } = this.given;
    trace.call(method, args);
    const no = watch.begins(method, args);
    this.passes('before a call');
    await timeline.wait(chance.between(1, 60));
    const [outcome] = await Promise.allSettled([call()]);
    watch.ends(no, outcome);
    if (outcome.status === 'rejected') trace.add(() => `  ${method} failed: ${String(outcome.reason)}`);
    await timeline.wait(chance.between(1, 60));
    this.passes('after a call');
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  }

  private async rounds(): Promise<void> {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      await this.alone('probe', () => this.probeIfDue());
      const worked = await this.deliverDue();
      const wait = await this.alone('verify', () => this.verifyTickets.execute());
      const rest = await this.alone('sweep', () => this.sweepTickets.execute());
      for (const next of [wait, rest]) if (next !== null) this.wakeIn(next);
      if (!worked && wait !== 0 && rest !== 0) return;
    }
    throw new Error('It does not come to rest: something is tried again and again.');
  }

  /** While all is well it is asked for less often than a minute of the history would have it: it would take most of it. */
  private async probeIfDue(): Promise<null> {
    if (!this.backendState.mayDeliver || this.given.chance.happens(0.02)) await this.probeBackend.execute();
    return null;
  }

  /** As one worker does it: never beside itself. */
  private async alone<T>(name: string, work: () => Promise<T | null>): Promise<T | null> {
    if (this.busy.has(name)) return null;
    this.busy.add(name);
    try {
      return await work();
    } finally {
      this.busy.delete(name);
    }
  }

  private async deliverDue(): Promise<boolean> {
    if (!this.backendState.mayDeliver) return false;
    const { store, backend, clock } = this.ports;
    const now = clock.now();
    const limit = this.given.chance.between(1, 3);
    const claim = { instance: backend.instance, owner: 'simulated', now, until: now + LEASE_MS, limit };
    const leases = await store.transaction((repositories) => repositories.leases.claimDue(claim));
    for (const lease of leases) await this.deliver(lease);
    return leases.length > 0;
  }

  private async deliver(lease: Lease): Promise<void> {
    const { store, clock } = this.ports;
    this.busy.add(lease.groupId);
    try {
      await this.deliverGroup.execute(lease);
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
      await store.transaction(({ groups }) => groups.setDue(lease.groupId, clock.now() + AFTER_DEFECT_MS));
    } finally {
      this.busy.delete(lease.groupId);
    }
    await store.transaction(({ leases }) => leases.release(lease));
  }

  private async planWake(): Promise<void> {
    const { store, backend, clock } = this.ports;
    if (!this.backendState.mayDeliver) return this.wakeIn(await this.probeBackend.execute());
    const now = clock.now();
    const due = await store.transaction(({ leases }) => leases.nextDue(backend.instance, now));
    if (due !== null) this.wakeIn(due - now);
  }

  /** Of several times the first counts: whoever wakes plans anew. */
  private wakeIn(milliseconds: number): void {
    const { timeline } = this.given;
    const at = timeline.now + Math.max(50, milliseconds);
    if (this.wakeAt !== null && this.wakeAt <= at) return;
    this.wakeAt = at;
    timeline.in(at - timeline.now, () => {
      if (this.wakeAt !== at) return;
      this.wakeAt = null;
      return this.work();
    });
  }
}
