import { TicketBackendError } from '../../../src/application/ports/ticket-backend-error.js';
import type { TicketBackend } from '../../../src/application/ports/ticket-backend.js';
import type { Fault } from '../../support/in-memory-ticket-backend/fault.js';
import { InMemoryTicketBackend } from '../../support/in-memory-ticket-backend/in-memory-ticket-backend.js';
import { intercepted } from '../intercepted.js';
import type { FaultName, RequestKind } from './fault-plan.js';
import {
  GIVES_UP_AFTER,
  keyLineOf,
  LATE_COMMIT,
  TOO_LATE,
  type PersonAct,
  type Tracker,
  type TrackerTicket,
  type TrackerWorld,
} from './tracker.js';

/** The tracker of the unit tests, which obeys Redmine's rules without speaking its language: quicker, and as strict. */
export class PlainTracker implements Tracker {
  readonly opened = new Set<string>();
  readonly late = new Set<string>();
  private readonly backend: InMemoryTicketBackend;
  private next: Fault | null = null;

  constructor(private readonly world: TrackerWorld) {
    this.backend = new InMemoryTicketBackend({
      lateCommitMs: LATE_COMMIT,
      fault: () => this.fault(),
    });
  }

  connect(): TicketBackend {
    return intercepted(this.backend, async (method, args, call) => {
      this.next = await this.prepared(method, args);
      return call();
    });
  }

  tickets(): readonly TrackerTicket[] {
    return this.backend.tickets().map(({ id, status, parentId, description, notes }) => {
      return { id, status, parentId, description, notes, ...keyLineOf(description) };
    });
  }

  act(act: PersonAct, id: string, to: string | null): boolean {
    const { backend } = this;
    const ticket = backend.tickets().find((one) => one.id === id);
    if (ticket === undefined) return false;
    switch (act) {
      case 'closes':
        return backend.personCloses(id);
      case 'resolves':
        return backend.personResolves(id);
      case 'reopens':
        return backend.personReopens(id);
      case 'deletes':
        backend.personDeletes(id);
        return true;
      case 'moves':
        return backend.personMoves(id, to);
      case 'copies':
        return this.remember(backend.personOpens({ ...ticket, parentId: null }));
      case 'writes a note':
        backend.personNotes(id, 'I had a look.');
        return true;
      case 'strips the key line':
        backend.personStripsKeyLine(id);
        return true;
      case 'adds a subtask':
        return this.remember(backend.personAddsSubtask(id));
    }
  }

  private remember(id: string | null): boolean {
    if (id !== null) this.opened.add(id);
    return id !== null;
  }

  private commitTooLate(): void {
    const before = new Set(this.backend.tickets().map(({ id }) => id));
    this.backend.commitTooLate();
    for (const { id } of this.backend.tickets()) if (!before.has(id)) this.late.add(id);
  }

  /** A call that was prepared is the next to arrive. */
  private fault(): Fault | null {
    const fault = this.next;
    this.next = null;
    return fault;
  }

  private async prepared(method: string, args: readonly unknown[]): Promise<Fault | null> {
    const { faults, timeline, chance } = this.world;
    const kind = kindOf(method);
    const change = args[1];
    const asksForStatus =
      method === 'markDuplicate' || (typeof change === 'object' && change !== null && 'status' in change);
    const name = faults.take(kind, asksForStatus);
    if (name === 'slow') await timeline.wait(chance.between(1000, GIVES_UP_AFTER - 10_000));
    if (name === 'committed late') {
      timeline.in(chance.between(0, LATE_COMMIT), () => this.backend.commitLate());
      return { kind: 'late' };
    }
    if (name === 'committed too late') {
      timeline.in(chance.between(LATE_COMMIT, TOO_LATE), () => this.commitTooLate());
      return { kind: 'too-late' };
    }
    if (name === 'timed out, nothing done') await timeline.wait(GIVES_UP_AFTER);
    return name === null || name === 'slow' ? null : this.faultOf(name, kind);
  }

  private faultOf(
    name: Exclude<FaultName, 'slow' | 'committed late' | 'committed too late'>,
    kind: RequestKind,
  ): Fault {
    const isWrite = kind !== 'read';
    switch (name) {
      case 'committed, then dropped':
      case 'truncated JSON':
        return isWrite ? { kind: 'answer-lost', effect: 'unknown-pending' } : error('invalid-response');
      case 'dropped before':
      case 'timed out, nothing done':
        return isWrite ? { kind: 'call-lost' } : error('timeout');
      case '500 with effect':
        return { kind: 'answer-lost', effect: 'unknown-finished' };
      case '500 without effect':
        return error('unavailable', isWrite ? 'unknown-finished' : 'none');
      case '204 without effect':
        return { kind: 'status-refused' };
      case '422 []':
        return error('conflict');
      case 'HTML 200':
      case '502 to 504':
        if (isWrite && this.world.chance.happens(0.5))
          return { kind: 'answer-lost', effect: 'unknown-pending' };
        return error('unavailable', isWrite ? 'unknown-pending' : 'none');
      case 'redirect':
        return { kind: 'error', error: problem('invalid-response', 'none', false) };
      case '429':
        return error('rate-limited');
      case '503':
        return error('unavailable', isWrite ? 'unknown-pending' : 'none');
      case 'down':
        return error('unavailable');
    }
  }
}

function kindOf(method: string): RequestKind {
  if (method === 'open') return 'create';
  return method === 'update' || method === 'markDuplicate' ? 'update' : 'read';
}

function error(reason: TicketBackendError['reason'], effect: TicketBackendError['effect'] = 'none'): Fault {
  return { kind: 'error', error: problem(reason, effect, true) };
}

function problem(
  reason: TicketBackendError['reason'],
  effect: TicketBackendError['effect'],
  retryable: boolean,
): TicketBackendError {
  return new TicketBackendError(`It is ${reason}.`, { reason, retryable, effect });
}
