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
const MOST_ROUNDS = 400;

/** Nothing else runs in the world of a test. */
const giveWay = (): Promise<void> => Promise.resolve();

/** The whole application on a virtual clock, an in-memory store and an in-memory ticket backend. */
export class World {
  readonly clock = new VirtualClock(BEGINNING);
  /** What every commit wrote of groups, in order. */
  readonly commits: GroupChanges[] = [];
  readonly store = new InMemoryStore((changes) => void this.commits.push(...changes));
  readonly backend: InMemoryTicketBackend;
  readonly logger = new RecordingLogger();
  readonly route: RouteSettings;
  private readonly ids = new CountingIdentifiers();
  private readonly accept: AcceptNotification;
  private deliverGroup: DeliverGroup;
  private readonly verifyTickets: VerifyTickets;
  private readonly probeBackend: ProbeBackend;
  private readonly ports;
  readonly backendState = new BackendState();
  private sweepTimes: SweepTimes;
  private sweepTickets: SweepTickets;

  constructor(route: Partial<RouteSettings> = {}, options: InMemoryTicketBackendOptions = {}) {
    this.route = { ...DEFAULT_ROUTE, ...route };
    this.backend = new InMemoryTicketBackend(options);
    const doorbell = new SilentDoorbell();
    const { store, clock, ids, backend, logger } = this;
    this.ports = { store, clock, ids, doorbell, backend, logger, giveWay };
    const useCases = {
      openOrGroup: new OpenOrGroup(giveWay),
      resolveAndClose: new ResolveAndClose(giveWay),
    };
    this.accept = new AcceptNotification(
      useCases,
      { route: this.route, instance: backend.instance },
      this.ports,
    );
    this.sweepTimes = new SweepTimes(backend.lateCommitMs);
    this.sweepTickets = this.newSweepTickets();
    this.deliverGroup = this.newDeliverGroup();
    this.verifyTickets = new VerifyTickets(this.ports, this.backendState);
    this.probeBackend = new ProbeBackend(this.ports, this.backendState);
  }

  /** One webhook body. */
  async post(...alerts: readonly ReceivedAlert[]): Promise<readonly AlertOutcome[]> {
    const numbered = alerts.map((alert, index) => ({ index, alert }));
    return this.accept.execute({ source: 'default', receiver: null, alerts: numbered, rejected: [] });
  }

  /** A process that starts anew: it has met no ticket yet. */
  restart(): void {
    this.sweepTimes = new SweepTimes(this.backend.lateCommitMs);
    this.sweepTickets = this.newSweepTickets();
    this.deliverGroup = this.newDeliverGroup();
  }

  /** Delivers and reads back until nothing is due at this time; the clock moves only by what reading back waits for. */
  async settle(): Promise<void> {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const worked = await this.deliverDue();
      const wait = await this.verifyTickets.execute();
      if (!worked && wait === null) return;
      if (!worked && wait !== null) this.clock.advance(Math.max(wait, 1));
    }
    throw new Error('The world does not come to rest: something is tried again and again.');
  }

  /** Sweeps the open tickets if it is time to, and delivers what follows. Returns when it wants to be called again. */
  async sweep(): Promise<number | null> {
    let wait = await this.sweepTickets.execute();
    while (wait === 0) wait = await this.sweepTickets.execute();
    await this.settle();
    return wait;
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
    await this.probeBackend.execute();
    if (!this.backendState.mayDeliver) return false;
    const now = this.clock.now();
    const claim = { instance: this.backend.instance, owner: 'test', now, until: now + LEASE_MS, limit: 10 };
    const leases = await this.store.transaction((repositories) => repositories.leases.claimDue(claim));
    for (const lease of leases) {
      await this.deliverGroup.execute(lease, isStopping);
      await this.store.transaction((repositories) => repositories.leases.release(lease));
    }
    return leases.length > 0;
  }

  private newSweepTickets(): SweepTickets {
    return new SweepTickets(this.ports, this.sweepTimes, { mayDeliver: true });
  }

  private newDeliverGroup(): DeliverGroup {
    const text = {
      words: english,
      subjectLabels: ['instance'],
      groupBy: this.route.groupBy,
      time: new LocalTime('Asia/Tokyo'),
    };
    return new DeliverGroup(this.ports, { route: this.route, text }, this.backendState, this.sweepTimes);
  }
}

function line({ subject, status }: { readonly subject: string; readonly status: string }): string {
  return `${subject} [${status}]`;
}
