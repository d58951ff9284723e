import { duplicateLineText, keyLineText } from '../../../src/application/ports/key-line.js';
import { TicketBackendError } from '../../../src/application/ports/ticket-backend-error.js';
import type {
  BackendProblem,
  ChangePage,
  NoteSnapshot,
  TicketBackend,
  TicketChange,
  TicketDraft,
  TicketPage,
  TicketSnapshot,
} from '../../../src/application/ports/ticket-backend.js';
import { plainText } from '../../../src/infrastructure/tickets/shared/plain-text.js';
import { oneLine } from '../../../src/infrastructure/tickets/shared/one-line.js';
import { shortenMiddle } from '../../../src/infrastructure/tickets/shared/shorten-middle.js';
import type { BackendCall, DecideFault } from './fault.js';
import type { InMemoryTicket } from './in-memory-tracker.js';
import { PeopleOfTracker, splitLastLine } from './people-of-tracker.js';

const PAGE_SIZE = 100;

/** A write that the server carried out, be it late or with its answer lost. */
export interface BackendWrite {
  readonly kind: 'open' | 'update' | 'markDuplicate';
  readonly id: string;
}

export interface InMemoryTicketBackendOptions {
  readonly instance?: string;
  readonly lateCommitMs?: number;
  /** Asked once for each call; null, and its absence, let the call through. */
  readonly fault?: DecideFault;
}

/**
 * A ticket backend for tests: Redmine's rules, no clock, no chance, no waiting. Calls go wrong as `fault` decides, and
 * the `person…` methods do what people do in the tracker meanwhile; they answer false or null where its rules forbid it.
 */
export class InMemoryTicketBackend extends PeopleOfTracker implements TicketBackend {
  readonly instance: string;
  readonly lateCommitMs: number;
  /** Every write that the server carried out, in order. */
  readonly writes: BackendWrite[] = [];
  private readonly fault: DecideFault;
  private late: (() => unknown)[] = [];
  private tooLate: (() => unknown)[] = [];

  constructor(options: InMemoryTicketBackendOptions = {}) {
    super();
    this.instance = options.instance ?? 'in-memory';
    this.lateCommitMs = options.lateCommitMs ?? 120_000;
    this.fault = options.fault ?? (() => null);
  }

  urlOf(id: string): string {
    return `http://tracker.test/${id}`;
  }

  async open(draft: TicketDraft): Promise<TicketSnapshot> {
    return this.perform({ method: 'open', draft }, () => {
      const { parentId } = draft;
      const subject = shortenMiddle(oneLine(draft.subject), 255);
      const description = `${plainText(draft.description)}\n\n${keyLineText(draft)}`.trimStart();
      const ticket = this.tracker.add({ subject, description, parentId }, 'us');
      if (ticket === null) throw refused('parent-closed', `#${parentId} is closed or missing.`);
      this.writes.push({ kind: 'open', id: ticket.id });
      return snapshotOf(ticket);
    });
  }

  async update(id: string, change: TicketChange): Promise<void> {
    this.perform({ method: 'update', id, change }, (statusRefused) => {
      const ticket = this.existing(id);
      const note = plainText(change.note ?? []);
      const { status } = change;
      const isMoved = status !== undefined && !statusRefused && this.moveTo(ticket, status);
      if (note !== '') this.tracker.addNote(id, note, isMoved ? status : null);
      this.writes.push({ kind: 'update', id });
    });
  }

  async isUntouched(id: string): Promise<boolean> {
    return this.perform({ method: 'isUntouched', id }, () => {
      const ticket = this.existing(id);
      return ticket.revision === ticket.madeAt;
    });
  }

  async markDuplicate(id: string, originalId: string): Promise<void> {
    this.perform({ method: 'markDuplicate', id, originalId }, (statusRefused) => {
      const ticket = this.existing(id);
      if (!statusRefused) this.moveTo(ticket, 'closed');
      if (this.existing(id).status !== 'closed') return;
      if (ticket.keyLine !== null) {
        const [own] = splitLastLine(ticket.description);
        this.tracker.setDescription(id, own + duplicateLineText(originalId));
      }
      this.writes.push({ kind: 'markDuplicate', id });
    });
  }

  async fetchMany(ids: readonly string[]): Promise<ReadonlyMap<string, TicketSnapshot | 'missing'>> {
    return this.perform({ method: 'fetchMany', ids }, () => {
      const seen = (id: string) => {
        const ticket = this.tracker.get(id);
        return ticket === undefined ? 'missing' : snapshotOf(ticket);
      };
      return new Map(ids.map((id) => [id, seen(id)]));
    });
  }

  async obstaclesTo(id: string, status: 'open' | 'closed'): Promise<readonly string[]> {
    return this.perform({ method: 'obstaclesTo', id, status }, () => {
      const ticket = this.existing(id);
      if (status === 'closed') {
        return this.tracker.openChildren(id).map((child) => `Subtask #${child.id} is open.`);
      }
      return this.tracker.hasClosedParent(ticket) ? [`Parent #${ticket.parentId} is closed.`] : [];
    });
  }

  async notesOf(id: string): Promise<readonly NoteSnapshot[]> {
    return this.perform({ method: 'notesOf', id }, () => {
      const { notes, noteStatuses } = this.existing(id);
      return notes.map((text, index) => ({ text, gaveStatus: noteStatuses[index] ?? null }));
    });
  }

  async findByKey(key: string): Promise<readonly TicketSnapshot[]> {
    return this.perform({ method: 'findByKey', key }, () =>
      this.tickets()
        .filter((ticket) => ticket.keyLine?.key === key)
        .map(snapshotOf),
    );
  }

  async findOurs(cursor: string | null): Promise<TicketPage> {
    return this.perform({ method: 'findOurs', cursor }, () => {
      const after = Number(cursor ?? '0');
      const ours = this.tickets().filter(
        (ticket) => ticket.status !== 'closed' && ticket.keyLine !== null && Number(ticket.id) > after,
      );
      const page = ours.slice(0, PAGE_SIZE);
      return {
        tickets: page.map(snapshotOf),
        next: ours.length > PAGE_SIZE ? (page.at(-1)?.id ?? null) : null,
      };
    });
  }

  async changedSince(cursor: string | null): Promise<ChangePage> {
    return this.perform({ method: 'changedSince', cursor }, () => {
      const after = Number(cursor ?? this.tracker.revision);
      const changed = this.tickets()
        .filter((ticket) => ticket.keyLine !== null && ticket.revision > after)
        .toSorted((one, other) => one.revision - other.revision)
        .slice(0, PAGE_SIZE);
      return { tickets: changed.map(snapshotOf), next: String(changed.at(-1)?.revision ?? after) };
    });
  }

  async probe(): Promise<readonly BackendProblem[]> {
    return this.perform({ method: 'probe' }, () => []);
  }

  /** Carries out what was to come late, in order; the server refuses then what it would refuse now. */
  commitLate(): void {
    const late = this.late;
    this.late = [];
    for (const work of late) withoutAnswer(work);
  }

  /** The same for what comes later than promised. */
  commitTooLate(): void {
    const late = this.tooLate;
    this.tooLate = [];
    for (const work of late) withoutAnswer(work);
  }

  private perform<T>(call: BackendCall, work: (statusRefused: boolean) => T): T {
    const fault = this.fault(call);
    if (fault === null) return work(false);
    if (fault.kind === 'status-refused') return work(true);
    if (fault.kind === 'error') throw fault.error;
    if (fault.kind === 'answer-lost') withoutAnswer(() => work(false));
    if (fault.kind === 'late') this.late.push(() => work(false));
    if (fault.kind === 'too-late') this.tooLate.push(() => work(false));
    throw unanswered(fault.kind === 'answer-lost' ? fault.effect : 'unknown-pending');
  }

  private existing(id: string): InMemoryTicket {
    const ticket = this.tracker.get(id);
    if (ticket === undefined) throw refused('not-found', `There is no #${id}.`);
    return ticket;
  }

  /** Whether its status is another one now; which open status a ticket has is the people's business. */
  private moveTo(ticket: InMemoryTicket, status: 'open' | 'closed'): boolean {
    return (
      (ticket.status === 'closed') !== (status === 'closed') && this.tracker.setStatus(ticket.id, status)
    );
  }
}

function snapshotOf(ticket: InMemoryTicket): TicketSnapshot {
  const { id, status, keyLine, parentId, revision } = ticket;
  return { id, status, keyLine, parentId, changedAt: String(revision) };
}

/** The server does it or refuses it; nobody hears which. */
function withoutAnswer(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof TicketBackendError)) throw error;
  }
}

function refused(reason: 'not-found' | 'parent-closed', message: string): TicketBackendError {
  return new TicketBackendError(message, { reason, retryable: false, effect: 'none' });
}

function unanswered(effect: 'unknown-finished' | 'unknown-pending'): TicketBackendError {
  const reason = effect === 'unknown-finished' ? 'server-error' : 'timeout';
  return new TicketBackendError('No answer that can be trusted.', { reason, retryable: true, effect });
}
