import { keyLineIn, type KeyLine } from '../../../src/application/ports/key-line.js';
import type { NoteSnapshot, TicketSnapshot } from '../../../src/application/ports/ticket-backend.js';

/** A ticket with all that the server knows of it. */
export interface InMemoryTicket {
  readonly id: string;
  readonly subject: string;
  readonly description: string;
  /** Oldest first. */
  readonly notes: readonly string[];
  /** The status that the ticket got with each of them. */
  readonly noteStatuses: readonly NoteSnapshot['gaveStatus'][];
  readonly status: TicketSnapshot['status'];
  readonly parentId: string | null;
  readonly keyLine: KeyLine | null;
  /** Number of the last change. */
  readonly revision: number;
  /** Number of the change that made it; null: a person made it. */
  readonly madeAt: number | null;
}

export type NewTicket = Pick<InMemoryTicket, 'subject' | 'description' | 'parentId'>;

/**
 * The server behind the fake: tickets and Redmine's rules for parents and children, for programs and people alike.
 * Written apart from the embedded tracker, so that one shared misunderstanding does not pass both.
 */
export class InMemoryTracker {
  private readonly byId = new Map<string, InMemoryTicket>();
  private readonly childrenOf = new Map<string, readonly string[]>();
  private lastId = 0;
  private lastRevision = 0;

  get revision(): number {
    return this.lastRevision;
  }

  /** In order of id. */
  all(): readonly InMemoryTicket[] {
    return [...this.byId.values()];
  }

  get(id: string): InMemoryTicket | undefined {
    return this.byId.get(id);
  }

  openChildren(id: string): readonly InMemoryTicket[] {
    const children = (this.childrenOf.get(id) ?? []).map((child) => this.byId.get(child));
    return children.filter((child) => child !== undefined).filter((child) => child.status !== 'closed');
  }

  hasClosedParent(ticket: InMemoryTicket): boolean {
    return ticket.parentId !== null && this.byId.get(ticket.parentId)?.status === 'closed';
  }

  /** Null, and no ticket, where the parent is closed or missing. */
  add(ticket: NewTicket, by: 'us' | 'person'): InMemoryTicket | null {
    const { parentId } = ticket;
    if (parentId !== null && (this.byId.get(parentId)?.status ?? 'closed') === 'closed') return null;
    this.lastId += 1;
    const id = String(this.lastId);
    if (parentId !== null) this.childrenOf.set(parentId, [...(this.childrenOf.get(parentId) ?? []), id]);
    this.lastRevision += 1;
    const keyLine = keyLineIn(ticket.description);
    const added: InMemoryTicket = {
      ...ticket,
      id,
      notes: [],
      noteStatuses: [],
      status: 'open',
      keyLine,
      revision: this.lastRevision,
      madeAt: by === 'us' ? this.lastRevision : null,
    };
    this.byId.set(id, added);
    this.touch(parentId);
    return added;
  }

  /** Leaves the ticket as it is and answers false where the rules forbid the status or it has it already. */
  setStatus(id: string, status: InMemoryTicket['status']): boolean {
    const ticket = this.byId.get(id);
    if (ticket === undefined || ticket.status === status) return false;
    if (status === 'closed' && this.openChildren(id).length > 0) return false;
    if (status !== 'closed' && this.hasClosedParent(ticket)) return false;
    this.change(id, { status });
    this.touch(ticket.parentId);
    return true;
  }

  /** Whatever the rules say. */
  force(id: string, status: InMemoryTicket['status']): void {
    this.change(id, { status });
  }

  /** Leaves it where it is and answers false where it is there already, or open and the parent closed or missing. */
  move(id: string, parentId: string | null): boolean {
    const ticket = this.byId.get(id);
    if (ticket === undefined || ticket.parentId === parentId) return false;
    const parent = parentId === null ? null : this.byId.get(parentId);
    if (parent === undefined || (parent?.status === 'closed' && ticket.status !== 'closed')) return false;
    const before = ticket.parentId;
    if (before !== null) {
      const siblings = this.childrenOf.get(before) ?? [];
      this.childrenOf.set(
        before,
        siblings.filter((child) => child !== id),
      );
    }
    if (parentId !== null) this.childrenOf.set(parentId, [...(this.childrenOf.get(parentId) ?? []), id]);
    this.change(id, { parentId });
    this.touch(before);
    this.touch(parentId);
    return true;
  }

  addNote(id: string, note: string, gaveStatus: NoteSnapshot['gaveStatus'] = null): void {
    const { notes = [], noteStatuses = [] } = this.byId.get(id) ?? {};
    this.change(id, { notes: [...notes, note], noteStatuses: [...noteStatuses, gaveStatus] });
  }

  setDescription(id: string, description: string): void {
    this.change(id, { description, keyLine: keyLineIn(description) });
  }

  /** With all that is below it. */
  remove(id: string): void {
    const ticket = this.byId.get(id);
    if (ticket === undefined) return;
    for (const child of this.childrenOf.get(id) ?? []) this.remove(child);
    this.byId.delete(id);
    this.childrenOf.delete(id);
    this.touch(ticket.parentId);
  }

  /** A parent changes with its children: whoever was refused its close sees that it is worth trying again. */
  private touch(id: string | null): void {
    if (id !== null) this.change(id, {});
  }

  private change(id: string, change: Partial<InMemoryTicket>): void {
    const ticket = this.byId.get(id);
    if (ticket === undefined) return;
    this.lastRevision += 1;
    this.byId.set(id, { ...ticket, ...change, revision: this.lastRevision });
  }
}
