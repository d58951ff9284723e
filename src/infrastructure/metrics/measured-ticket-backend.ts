import type {
  BackendProblem,
  ChangePage,
  NoteSnapshot,
  Reach,
  TicketBackend,
  TicketChange,
  TicketDraft,
  TicketPage,
  TicketSnapshot,
} from '../../application/ports/ticket-backend.js';
import type { BackendMetrics } from './backend-metrics.js';

/** A ticket backend whose calls are counted and timed. It changes nothing of what they ask or answer. */
export class MeasuredTicketBackend implements TicketBackend {
  constructor(
    private readonly backend: TicketBackend,
    private readonly metrics: BackendMetrics,
  ) {}

  get instance(): string {
    return this.backend.instance;
  }

  get lateCommitMs(): number {
    return this.backend.lateCommitMs;
  }

  urlOf(id: string): string | null {
    return this.backend.urlOf(id);
  }

  open(draft: TicketDraft): Promise<TicketSnapshot> {
    return this.metrics.measure('open', () => this.backend.open(draft));
  }

  update(id: string, change: TicketChange): Promise<void> {
    return this.metrics.measure('update', () => this.backend.update(id, change));
  }

  isUntouched(id: string): Promise<boolean> {
    return this.metrics.measure('is_untouched', () => this.backend.isUntouched(id));
  }

  markDuplicate(id: string, originalId: string): Promise<void> {
    return this.metrics.measure('mark_duplicate', () => this.backend.markDuplicate(id, originalId));
  }

  fetchMany(ids: readonly string[]): Promise<ReadonlyMap<string, TicketSnapshot | 'missing'>> {
    return this.metrics.measure('fetch_many', () => this.backend.fetchMany(ids));
  }

  obstaclesTo(id: string, status: 'open' | 'closed'): Promise<readonly string[]> {
    return this.metrics.measure('obstacles_to', () => this.backend.obstaclesTo(id, status));
  }

  notesOf(id: string): Promise<readonly NoteSnapshot[]> {
    return this.metrics.measure('notes_of', () => this.backend.notesOf(id));
  }

  findByKey(key: string): Promise<readonly TicketSnapshot[]> {
    return this.metrics.measure('find_by_key', () => this.backend.findByKey(key));
  }

  findOurs(cursor: string | null, reach: Reach): Promise<TicketPage> {
    return this.metrics.measure('find_ours', () => this.backend.findOurs(cursor, reach));
  }

  changedSince(cursor: string | null): Promise<ChangePage> {
    return this.metrics.measure('changed_since', () => this.backend.changedSince(cursor));
  }

  probe(): Promise<readonly BackendProblem[]> {
    return this.metrics.measure('probe', () => this.backend.probe());
  }
}
