import type { SweptTicket } from '../../domain/ticket-group/group-answer.js';
import type { Moment } from '../../domain/ticket-group/moment.js';
import type { TicketGroup } from '../../domain/ticket-group/ticket-group.js';
import { observationOf } from '../deliver-group/observation-of.js';
import type { DeliveryPorts } from '../ports/delivery-ports.js';
import { TicketBackendError } from '../ports/ticket-backend-error.js';
import type { TicketSnapshot } from '../ports/ticket-backend.js';
import type { SweepTimes } from './sweep-times.js';

const CHILDREN_AT_ONCE = 100;
const AFTER_FAILURE_MS = 60_000;

interface Child {
  readonly ticketKey: string;
  readonly parent: string;
}

/** What a sweep that is under way has seen so far. */
interface Sweep {
  cursor: string | null;
  readonly open: Set<string>;
  readonly children: Child[];
  unknown: number;
}

/**
 * Pages through all open tickets with a key line and tells their groups what the store does not know: copies, tickets
 * that came too late, children that stand open under a closed root. It writes nothing to the backend: the groups become
 * due, and delivery acts under its lease. Doing it again is harmless. Keys that the store does not know are left alone:
 * another Alertree may write into the same project.
 */
export class SweepTickets {
  private sweep: Sweep | null = null;
  private restsUntil = 0;
  /** The failure that was logged last: what lasts is not logged again and again. */
  private told = '';

  constructor(
    private readonly ports: DeliveryPorts,
    private readonly times: SweepTimes,
    private readonly backendState: { readonly mayDeliver: boolean },
  ) {}

  /** Reads a page when it is time to. Returns in how many milliseconds it wants to be called again; null: after a ring. */
  async execute(): Promise<number | null> {
    if (!this.backendState.mayDeliver) return null;
    const now = this.ports.clock.now();
    const rest = this.restsUntil - now;
    if (rest > 0 && rest <= AFTER_FAILURE_MS) return rest;
    const wait = this.sweep === null ? this.times.wait(now) : 0;
    if (wait > 0) return wait;
    try {
      await this.step(now);
      this.told = '';
      return 0;
    } catch (error) {
      if (!(error instanceof TicketBackendError)) throw error;
      this.tell(error);
      this.restsUntil = this.ports.clock.now() + AFTER_FAILURE_MS;
      return AFTER_FAILURE_MS;
    }
  }

  private async step(now: number): Promise<void> {
    if (this.sweep === null) this.times.swept(now);
    this.sweep ??= { cursor: null, open: new Set(), children: [], unknown: 0 };
    const { sweep } = this;
    const page = await this.ports.backend.findOurs(sweep.cursor, 'everywhere');
    await this.tellFound(sweep, page.tickets);
    sweep.cursor = page.next;
    if (page.next !== null) return;
    await this.tellOrphans(sweep);
    const { logger } = this.ports;
    logger.debug('open tickets swept', { tickets: sweep.open.size, unknownKeys: sweep.unknown });
    this.sweep = null;
  }

  private async tellFound(sweep: Sweep, tickets: readonly TicketSnapshot[]): Promise<void> {
    const found = tickets.flatMap((ticket): readonly SweptTicket[] => {
      const ticketKey = ticket.keyLine?.key;
      if (ticketKey === undefined) return [];
      return [{ ticketKey, reference: ticket.id, observation: observationOf(ticket) }];
    });
    for (const { id, keyLine, parentId } of tickets) {
      sweep.open.add(id);
      if (keyLine !== null && parentId !== null)
        sweep.children.push({ ticketKey: keyLine.key, parent: parentId });
    }
    const keys = found.map(({ ticketKey }) => ticketKey);
    await this.tellGroups(keys, (group, moment) => {
      const ours = found.filter(({ ticketKey }) => group.ticket(ticketKey) !== null);
      group.answered({ kind: 'found-open', found: ours }, moment);
      sweep.unknown -= ours.length;
    });
    sweep.unknown += found.length;
  }

  /** A root that closed while the pages were read is looked at in vain, and no harm is done. */
  private async tellOrphans({ open, children }: Sweep): Promise<void> {
    const orphans = children.filter(({ parent }) => !open.has(parent));
    for (let start = 0; start < orphans.length; start += CHILDREN_AT_ONCE) {
      const some = orphans.slice(start, start + CHILDREN_AT_ONCE);
      const keys = some.map(({ ticketKey }) => ticketKey);
      await this.tellGroups(keys, (group, moment) => {
        for (const orphan of some) group.answered({ kind: 'under-closed', ...orphan }, moment);
      });
    }
  }

  /** Whatever is not of this backend instance is none of this sweep's business. */
  private async tellGroups(
    ticketKeys: readonly string[],
    tell: (group: TicketGroup, moment: Moment) => void,
  ): Promise<void> {
    const { store, backend, clock, ids, doorbell } = this.ports;
    if (ticketKeys.length === 0) return;
    const isOneDue = await store.transaction(async ({ groups }) => {
      const moment: Moment = { now: clock.now(), newId: () => ids.next() };
      const all = await groups.forTickets(ticketKeys);
      const ours = all.filter((group) => group.head.instance === backend.instance);
      for (const group of ours) tell(group, moment);
      const changed = ours.filter((group) => group.hasChanges);
      for (const group of changed) group.decide(moment);
      await groups.save(changed);
      return changed.length > 0;
    });
    if (isOneDue) doorbell.ring();
  }

  private tell({ reason, message: problem }: TicketBackendError): void {
    if (problem !== this.told)
      this.ports.logger.warn('open tickets could not be swept, it is tried again', { reason, problem });
    this.told = problem;
  }
}
