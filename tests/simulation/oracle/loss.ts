import type { TicketPage } from '../../../src/application/ports/ticket-backend.js';
import type { Timeline } from '../timeline.js';
import { LATE_COMMIT, type Tracker, type TrackerTicket } from '../trackers/tracker.js';
import type { Facts } from './facts.js';

/** A create that was sent. */
export interface Create {
  readonly alertHash: string;
  readonly at: number;
}

/** What an emptied store cannot know any more, and what follows from that for tickets. */
export class Loss {
  private emptiedAt = 0;
  /**
   * Keys whose tickets did not stand open when the store was emptied, and may yet, by a create or a reopening that was on
   * its way; null: the open tickets were looked through since.
   */
  private awaited: readonly string[] | null = null;
  /** Keys of tickets that came when nobody looked for them any more. */
  private readonly missed = new Set<string>();
  /** Common roots that stood open without an open child: nobody can tell any more what they are for. */
  private readonly orphaned = new Set<string>();
  private readonly takenIn = new Set<string>();
  /** When it was asked last that a ticket be open again, by its id. */
  private readonly reopeningSent = new Map<string, number>();

  constructor(
    private readonly world: { readonly timeline: Timeline; readonly tracker: Tracker; readonly facts: Facts },
    private readonly created: ReadonlyMap<string, Create>,
  ) {}

  get hasHappened(): boolean {
    return this.emptiedAt > 0;
  }

  storeEmptied(tickets: readonly TrackerTicket[]): void {
    this.emptiedAt = this.world.timeline.now;
    const there = new Set(tickets.filter((ticket) => !this.mayReopen(ticket)).map(({ key }) => key));
    this.awaited = [...this.created.keys()].filter((key) => !there.has(key));
    const open = tickets.filter(isOpen);
    const parents = new Set(open.map(({ parentId }) => parentId));
    for (const { id, alertHash } of open) if (alertHash === '-' && !parents.has(id)) this.orphaned.add(id);
  }

  reopeningIsSent(id: string): void {
    this.reopeningSent.set(id, this.world.timeline.now);
  }

  /** It was made for the store that was lost, and with that went how many children it had had. */
  isOlder({ key }: TrackerTicket): boolean {
    return this.hasHappened && key !== null && this.sentAt(key) <= this.emptiedAt;
  }

  /** The first look at what stands open tells what is taken in. */
  looked({ tickets }: TicketPage): void {
    if (this.awaited === null) return;
    const found = new Set(tickets.map(({ keyLine }) => keyLine?.key));
    for (const key of this.awaited) if (!found.has(key)) this.missed.add(key);
    for (const { id } of tickets) this.takenIn.add(id);
    this.awaited = null;
  }

  /** With the store went all that told of the ticket, and its key line cannot bring it back. */
  hasForgotten({ id, key }: TrackerTicket): boolean {
    return this.orphaned.has(id) || (key !== null && this.missed.has(key));
  }

  /**
   * Of what was adopted a ticket is closed, too, whose alert has another one, and a root of whose alert nobody heard
   * any more with its last child.
   */
  lets(ticket: TrackerTicket): boolean {
    const { facts, tracker } = this.world;
    const { id, alertHash } = ticket;
    if (!this.isOlder(ticket)) return false;
    const isUnheard = facts.ofHash(alertHash)?.knownBy === 'ticket';
    if (isUnheard && tracker.tickets().some(({ parentId }) => parentId === id)) return true;
    return tracker.tickets().some((other) => other.id !== id && this.isInsteadOf(other, ticket));
  }

  /** What a person copied stands for the alert: its key line says so, and who made it shows nowhere. */
  hasCopyOf(alertHash: string): boolean {
    const { tracker } = this.world;
    const isCopy = ({ id }: TrackerTicket): boolean => this.takenIn.has(id) && tracker.opened.has(id);
    return tracker.tickets().some((ticket) => isCopy(ticket) && ticket.alertHash === alertHash);
  }

  /** Of several that one create made the first was closed, and another that came late was taken in before it was folded. */
  excusesTwo(key: string): boolean {
    const tickets = this.world.tracker.tickets().filter((ticket) => ticket.key === key);
    return tickets.some(({ id }) => this.takenIn.has(id)) && tickets.filter(isOpen).length <= 1;
  }

  private mayReopen({ id, status }: TrackerTicket): boolean {
    const sentAt = this.reopeningSent.get(id) ?? Number.NEGATIVE_INFINITY;
    return status === 'closed' && this.world.timeline.now - sentAt <= LATE_COMMIT;
  }

  private isInsteadOf(other: TrackerTicket, { alertHash }: TrackerTicket): boolean {
    if (other.alertHash !== alertHash || other.key === null) return false;
    return isOpen(other) || this.sentAt(other.key) > this.emptiedAt;
  }

  private sentAt(key: string): number {
    return this.created.get(key)?.at ?? 0;
  }
}

const isOpen = ({ status }: TrackerTicket): boolean => status !== 'closed';
