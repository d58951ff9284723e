import { TicketBackendError } from '../../../src/application/ports/ticket-backend-error.js';
import type {
  TicketPage,
  TicketChange,
  TicketDraft,
  TicketSnapshot,
} from '../../../src/application/ports/ticket-backend.js';
import type { Tally } from '../tally.js';
import type { Timeline } from '../timeline.js';
import type { Tracker, TrackerTicket } from '../trackers/tracker.js';
import { Creates } from './creates.js';
import type { Facts } from './facts.js';
import { Loss, type Create } from './loss.js';
import type { Touches } from './touches.js';

interface Seen {
  /** When a write to it was last begun, and when it was last read. */
  written: number;
  read: number;
}

interface Call {
  readonly method: string;
  readonly args: readonly unknown[];
  readonly at: number;
}

/** Sees every call of the ticket backend, and holds each write against what may be written at that moment. */
export class Watch {
  private readonly wrongWrites: string[] = [];
  private readonly creates: Creates;
  /** When a create was first sent, by correlation key. */
  private readonly created = new Map<string, Create>();
  readonly loss: Loss;
  private readonly seen = new Map<string, Seen>();
  private readonly underWay = new Map<number, Call>();
  private readonly writes: { readonly id: string; readonly at: number }[] = [];
  /** By ticket: the last lines of the notes that were sent, in their order. */
  private readonly noteLines = new Map<string, readonly string[]>();
  private lastNo = 0;

  constructor(
    private readonly world: {
      readonly timeline: Timeline;
      readonly tracker: Tracker;
      readonly facts: Facts;
      readonly touches: Touches;
      readonly tally: Tally;
    },
  ) {
    this.creates = new Creates(world.timeline);
    this.loss = new Loss(world, this.created);
  }

  get violations(): readonly string[] {
    return [...this.wrongWrites, ...this.creates.violations];
  }

  begins(method: string, args: readonly unknown[]): number {
    const { now } = this.world.timeline;
    this.lastNo += 1;
    this.underWay.set(this.lastNo, { method, args, at: now });
    if (method === 'open') this.opens(args[0] as TicketDraft);
    if (method === 'update' || method === 'markDuplicate') {
      const id = String(args[0]);
      this.seenOf(id).written = now;
      this.writes.push({ id, at: now });
      if (method === 'markDuplicate') this.folds(id);
      if (method === 'update') this.updates(id, args[1] as TicketChange);
    }
    return this.lastNo;
  }

  ends(no: number, outcome: PromiseSettledResult<unknown>): void {
    const call = this.underWay.get(no);
    this.underWay.delete(no);
    if (call === undefined) return;
    if (outcome.status === 'fulfilled') return this.answered(call, outcome.value);
    this.world.facts.callFailed();
    if (call.method === 'open' && outcome.reason instanceof TicketBackendError)
      this.creates.hasFailed((call.args[0] as TicketDraft).key, outcome.reason.effect);
  }

  storeEmptied(tickets: readonly TrackerTicket[]): void {
    this.seen.clear();
    this.loss.storeEmptied(tickets);
  }

  /** Alertree has seen what came of its last write, and will look again before it writes. */
  hasSeen(id: string): boolean {
    const { now } = this.world.timeline;
    const { written, read } = this.seen.get(id) ?? { written: now, read: 0 };
    return read > written && now - written > 30_000 && now - read > 31_000;
  }

  lastReadOf(id: string): number {
    return this.seen.get(id)?.read ?? 0;
  }

  /** Tickets that it was tried to write to since then, creates without their id. */
  writesSince(time: number): readonly string[] {
    return this.writes.filter(({ at }) => at >= time).map(({ id }) => id);
  }

  wasEverCreated(alertHash: string): boolean {
    return [...this.created.values()].some((create) => create.alertHash === alertHash);
  }

  notesSentTo(id: string): readonly string[] {
    return this.noteLines.get(id) ?? [];
  }

  private answered({ method, args, at }: Call, result: unknown): void {
    const { now } = this.world.timeline;
    if (method === 'fetchMany')
      for (const id of (result as ReadonlyMap<string, unknown>).keys()) this.seenOf(id).read = now;
    if (method === 'findByKey') this.searched(String(args[0]), at, result as readonly unknown[]);
    if (method === 'findOurs') this.loss.looked(result as TicketPage);
    if (method === 'open') this.seenOf((result as TicketSnapshot).id).read = now;
  }

  private searched(key: string, at: number, found: readonly unknown[]): void {
    if (found.length > 0) this.world.tally.count('state: found by its key');
    else this.creates.hasFoundNothing(key, at);
  }

  private opens({ key, alertId }: TicketDraft): void {
    const at = this.world.timeline.now;
    this.writes.push({ id: `new ${key.slice(-4)}`, at });
    this.creates.isSent(key);
    if (!this.created.has(key)) this.created.set(key, { alertHash: alertId, at });
  }

  /** Only what no person touched is folded; the millisecond before belongs to nobody. */
  private folds(id: string): void {
    const { tally, timeline, touches } = this.world;
    tally.count('state: copy folded');
    if (touches.wasTouched(id, timeline.now - 1000))
      this.wrongWrites.push(`#${id} was touched by a person and is folded`);
  }

  private updates(id: string, { status, note = [] }: TicketChange): void {
    const { tracker, touches } = this.world;
    const lines = note.flatMap((block) => (block.kind === 'marker' ? [block.text] : []));
    this.noteLines.set(id, [...this.notesSentTo(id), ...lines]);
    if (touches.isTakenOver(id)) this.wrongWrites.push(`#${id} was taken over by a person and is written to`);
    if (status === 'open') this.loss.reopeningIsSent(id);
    if (status !== 'closed' || touches.mayHaveEnded(id)) return;
    const ticket = tracker.tickets().find((one) => one.id === id);
    if (ticket?.key === undefined || ticket.key === null || ticket.alertHash === null) return;
    if (
      ticket.alertHash !== '-' &&
      !this.hasCause(ticket.key, ticket.alertHash) &&
      !this.mayCloseSpare(ticket)
    )
      this.wrongWrites.push(`#${id} is to be closed without a cause`);
    const firing = tracker
      .tickets()
      .filter((one) => one.parentId === id && one.status !== 'closed' && !tracker.opened.has(one.id));
    // The children's closes may be on their way late, but each was asked for before.
    for (const child of firing) {
      if (child.key === null || child.alertHash === null || this.isPeoples(child.id)) continue;
      if (!this.hasCause(child.key, child.alertHash) && !this.mayCloseSpare(child))
        this.wrongWrites.push(`root #${id} is to be closed while its child #${child.id} fires`);
    }
  }

  /** The root of a child that people moved knows nothing of it. */
  private isPeoples(childId: string): boolean {
    const { touches } = this.world;
    return touches.mayHaveEnded(childId) || touches.wasMoved(childId);
  }

  /** Nobody waits any more for what was adopted beside another ticket, or came too late and was made anew. */
  private mayCloseSpare(ticket: TrackerTicket): boolean {
    const isReplaced = [...this.created].some(
      ([key, { alertHash }]) => key !== ticket.key && alertHash === ticket.alertHash,
    );
    return this.loss.lets(ticket) || (this.world.tracker.late.has(ticket.id) && isReplaced);
  }

  private hasCause(key: string, alertHash: string): boolean {
    return this.world.facts.hasEndedSince(alertHash, this.created.get(key)?.at ?? 0);
  }

  private seenOf(id: string): Seen {
    const seen = this.seen.get(id) ?? { written: 0, read: 0 };
    this.seen.set(id, seen);
    return seen;
  }
}
