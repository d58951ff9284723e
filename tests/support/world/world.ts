import { AdoptTickets } from '../../../src/application/adopt-tickets/adopt-tickets.js';
import { AcceptNotification } from '../../../src/application/accept-notification/accept-notification.js';
import type { AlertOutcome } from '../../../src/application/accept-notification/notification.js';
import { DeliverGroup, LEASE_MS } from '../../../src/application/deliver-group/deliver-group.js';
import { OpenOrGroup } from '../../../src/application/open-or-group/open-or-group.js';
import { BackendState } from '../../../src/application/probe-backend/backend-state.js';
import { ProbeBackend } from '../../../src/application/probe-backend/probe-backend.js';
import { ResolveAndClose } from '../../../src/application/resolve-and-close/resolve-and-close.js';
import { english } from '../../../src/application/ticket-text/english.js';
import { LocalTime } from '../../../src/application/ticket-text/local-time.js';
import { SweepTickets } from '../../../src/application/sweep-tickets/sweep-tickets.js';
import { SweepTimes } from '../../../src/application/sweep-tickets/sweep-times.js';
import { VerifyTickets } from '../../../src/application/verify-tickets/verify-tickets.js';
import type { ReceivedAlert } from '../../../src/domain/alert/alert.js';
import { DEFAULT_ROUTE, type RouteSettings } from '../../../src/domain/route/route-settings.js';
import type { GroupChanges } from '../../../src/domain/ticket-group/group-slice.js';
import { BEGINNING } from '../builders/alerts.js';
import type { InMemoryTicketBackendOptions } from '../in-memory-ticket-backend/in-memory-ticket-backend.js';
import { InMemoryTicketBackend } from '../in-memory-ticket-backend/in-memory-ticket-backend.js';
import { InMemoryStore } from '../in-memory-store/in-memory-store.js';
import { RecordingLogger } from '../recording-logger.js';
import { CountingIdentifiers, SilentDoorbell, VirtualClock } from './fakes.js';

/** What stays undone after so many rounds is a loop without end. */
const MOST_ROUNDS = 60;

/** Nothing else runs in the world of a test. */
const giveWay = (): Promise<void> => Promise.resolve();

/** The whole application on a virtual clock, an in-memory store and an in-memory ticket backend. */
export class World {
  readonly clock = new VirtualClock(BEGINNING);
  /** What every commit wrote of groups, in order. */
  readonly commits: GroupChanges[] = [];
  /** Another one after `emptyStore`. */
  store = this.newStore();
  /** Another one after `useBackend`. */
  backend: InMemoryTicketBackend;
  readonly logger = new RecordingLogger();
  readonly route: RouteSettings;
  private readonly ids = new CountingIdentifiers();
  private process: Process;

  constructor(route: Partial<RouteSettings> = {}, options: InMemoryTicketBackendOptions = {}) {
    this.route = { ...DEFAULT_ROUTE, ...route };
    this.backend = new InMemoryTicketBackend(options);
    // It made every ticket that there is. Whatever is asked of the store later waits for this.
    void this.store.transaction(({ adoptions }) => adoptions.done(this.backend.instance, BEGINNING));
    this.process = this.newProcess();
  }

  /** What the process knows of the backend. */
  get backendState(): BackendState {
    return this.process.backendState;
  }

  /** One webhook body. */
  async post(...alerts: readonly ReceivedAlert[]): Promise<readonly AlertOutcome[]> {
    const numbered = alerts.map((alert, index) => ({ index, alert }));
    return this.process.accept.execute({ source: 'default', receiver: null, alerts: numbered, rejected: [] });
  }

  /** A process that starts anew: it has met no ticket yet. */
  restart(): void {
    this.process = this.newProcess();
  }

  /** Its data are gone, the tickets are not: a process that starts anew has to adopt them before it delivers. */
  emptyStore(): void {
    this.store = this.newStore();
    this.restart();
  }

  /** The same backend has another address now: what the store holds of it belongs to another instance. */
  moveBackend(instance: string): void {
    Object.assign(this.backend, { instance });
    this.restart();
  }

  /** Tickets are kept in another backend from now on. */
  useBackend(backend: InMemoryTicketBackend): void {
    this.backend = backend;
    this.restart();
  }

  /** Adopts what stands open in the backend, be it known or not. */
  adopt(): Promise<void> {
    return this.process.adoptTickets.execute();
  }

  /** Delivers and reads back until nothing is due at this time; the clock moves only by what reading back waits for. */
  async settle(): Promise<void> {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const worked = await this.deliverDue();
      const wait = await this.process.verifyTickets.execute();
      if (!worked && wait === null) return;
      if (!worked && wait !== null) this.clock.advance(Math.max(wait, 1));
    }
    throw new Error('The world does not come to rest: something is tried again and again.');
  }

  /** Sweeps the open tickets if it is time to, and delivers what follows. Returns when it wants to be called again. */
  async sweep(): Promise<number | null> {
    await this.process.probeBackend.execute();
    let wait = await this.sweepStep();
    while (wait === 0) wait = await this.sweepStep();
    await this.settle();
    return wait;
  }

  /** Reads one page of the open tickets if it is time to, as the worker does, whatever else is under way. */
  sweepStep(): Promise<number | null> {
    return this.process.sweepTickets.execute();
  }

  /** Lets time pass and does what fell due. */
  async pass(milliseconds: number): Promise<void> {
    this.clock.advance(milliseconds);
    await this.settle();
  }

  /** A body, delivered. */
  async hear(...alerts: readonly ReceivedAlert[]): Promise<readonly AlertOutcome[]> {
    const outcomes = await this.post(...alerts);
    await this.settle();
    return outcomes;
  }

  /** The tickets as lines of a tree: `HostMemory… instance:A (6/16 11:46) [open]`, children indented. */
  tree(): readonly string[] {
    const tickets = this.backend.tickets();
    return tickets
      .filter((ticket) => ticket.parentId === null)
      .flatMap((root) => [
        line(root),
        ...tickets.filter((child) => child.parentId === root.id).map((child) => `- ${line(child)}`),
      ]);
  }

  /** Asks the backend when that is due, and delivers the groups that are, once each; true when there were any. */
  async deliverDue(isStopping: () => boolean = () => false): Promise<boolean> {
    await this.process.probeBackend.execute();
    if (!this.backendState.mayDeliver) return false;
    const now = this.clock.now();
    const claim = { instance: this.backend.instance, owner: 'test', now, until: now + LEASE_MS, limit: 10 };
    const leases = await this.store.transaction((repositories) => repositories.leases.claimDue(claim));
    for (const lease of leases) {
      await this.process.deliverGroup.execute(lease, isStopping);
      await this.store.transaction((repositories) => repositories.leases.release(lease));
    }
    return leases.length > 0;
  }

  private newStore(): InMemoryStore {
    return new InMemoryStore((changes) => void this.commits.push(...changes));
  }

  private newProcess(): Process {
    const { store, clock, ids, backend, logger, route } = this;
    const ports = { store, clock, ids, doorbell: new SilentDoorbell(), backend, logger, giveWay };
    const useCases = {
      openOrGroup: new OpenOrGroup(giveWay),
      resolveAndClose: new ResolveAndClose(giveWay),
    };
    const text = {
      words: english,
      subjectLabels: ['instance'],
      groupBy: route.groupBy,
      time: new LocalTime('Asia/Tokyo'),
    };
    const backendState = new BackendState();
    const sweepTimes = new SweepTimes(backend.lateCommitMs);
    const adoptTickets = new AdoptTickets(ports, { route });
    return {
      backendState,
      adoptTickets,
      probeBackend: new ProbeBackend(ports, backendState, adoptTickets),
      accept: new AcceptNotification(useCases, { route, instance: backend.instance }, ports),
      deliverGroup: new DeliverGroup(ports, { route, text }, backendState, sweepTimes),
      verifyTickets: new VerifyTickets(ports, backendState),
      sweepTickets: new SweepTickets(ports, sweepTimes, backendState),
    };
  }
}

/** What begins anew with each process. */
interface Process {
  readonly backendState: BackendState;
  readonly probeBackend: ProbeBackend;
  readonly accept: AcceptNotification;
  readonly adoptTickets: AdoptTickets;
  readonly deliverGroup: DeliverGroup;
  readonly verifyTickets: VerifyTickets;
  readonly sweepTickets: SweepTickets;
}

function line({ subject, status }: { readonly subject: string; readonly status: string }): string {
  return `${subject} [${status}]`;
}
