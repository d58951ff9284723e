import type { Clock } from '../../../application/ports/clock.js';
import type {
  BackendProblem,
  TicketBackend,
  TicketChange,
  TicketDraft,
  ChangePage,
  NoteSnapshot,
  TicketPage,
  TicketSnapshot,
} from '../../../application/ports/ticket-backend.js';
import type { SqlTracker, WriteStamp } from '../../persistence/embedded-tracker/sql-tracker.js';
import { oneLine } from '../shared/one-line.js';
import { plainText } from '../shared/plain-text.js';
import { shortenMiddle } from '../shared/shorten-middle.js';
import { asDuplicate, descriptionOf } from '../shared/ticket-description.js';
import { trackerFailure } from './tracker-failure.js';
import { cursorOf, numberOf, placeOf, snapshotOf } from './tracker-mapper.js';
import { canBecome, existing, hasClosedParent, idOfOpenParent, touchParent } from './tracker-rules.js';

const SUBJECT_LIMIT = 255;
const PAGE_SIZE = 100;
const OBSTACLES_SHOWN = 50;

/**
 * Tickets in Alertree's own store, by Redmine's rules: a ticket with open children cannot be closed, and a closed one
 * has no open children. Every call is one short transaction, so two calls never see each other half done.
 */
export class EmbeddedTicketBackend implements TicketBackend {
  readonly instance = 'embedded';
  readonly lateCommitMs = 0;

  constructor(
    private readonly tracker: SqlTracker,
    private readonly clock: Clock,
  ) {}

  /** Its tickets are shown on the page of Alertree itself. */
  urlOf(): null {
    return null;
  }

  open(draft: TicketDraft): Promise<TicketSnapshot> {
    return this.write(async (tracker, stamp) => {
      const parentId = draft.parentId === null ? null : await idOfOpenParent(tracker, draft.parentId);
      const subject = shortenMiddle(oneLine(draft.subject), SUBJECT_LIMIT);
      const ticket = { subject, description: descriptionOf(draft), parentId };
      const id = await tracker.insertTicket(ticket, stamp);
      await touchParent(tracker, parentId, stamp);
      return snapshotOf(await existing(tracker, String(id)));
    });
  }

  update(id: string, change: TicketChange): Promise<void> {
    return this.write(async (tracker, stamp) => {
      const ticket = await existing(tracker, id);
      const note = plainText(change.note ?? []);
      const moves = change.status !== undefined && (await canBecome(tracker, ticket, change.status));
      if (note !== '') await tracker.insertNote(ticket.id, note, stamp);
      if (note !== '' || moves) {
        await tracker.changeTicket(ticket.id, moves ? { status: change.status } : {}, stamp);
      }
      if (moves) await touchParent(tracker, ticket.parent_id, stamp);
    });
  }

  /** Whatever was written to it since its making, a subtask below it included, has raised its revision. */
  isUntouched(id: string): Promise<boolean> {
    return this.read(async () => {
      const ticket = await existing(this.tracker, id);
      return ticket.revision === ticket.created_revision;
    });
  }

  markDuplicate(id: string, originalId: string): Promise<void> {
    return this.write(async (tracker, stamp) => {
      const ticket = await existing(tracker, id);
      const hasKeyLine = ticket.correlation_key !== null;
      const closes = await canBecome(tracker, ticket, 'closed');
      if (!closes && (!hasKeyLine || ticket.status !== 'closed')) return;
      const change = {
        ...(hasKeyLine && { description: asDuplicate(await tracker.descriptionOf(ticket.id), originalId) }),
        ...(closes && { status: 'closed' as const }),
      };
      await tracker.changeTicket(ticket.id, change, stamp);
      if (closes) await touchParent(tracker, ticket.parent_id, stamp);
    });
  }

  fetchMany(ids: readonly string[]): Promise<ReadonlyMap<string, TicketSnapshot | 'missing'>> {
    return this.read(async () => {
      const known = ids.map(numberOf).filter((id) => id !== null);
      const tickets = (await this.tracker.findMany(known)).map(snapshotOf);
      const answer = new Map<string, TicketSnapshot | 'missing'>(ids.map((id) => [id, 'missing']));
      for (const ticket of tickets) answer.set(ticket.id, ticket);
      return answer;
    });
  }

  obstaclesTo(id: string, status: 'open' | 'closed'): Promise<readonly string[]> {
    return this.read(async () => {
      const ticket = await existing(this.tracker, id);
      if (status === 'closed') {
        const children = await this.tracker.openChildrenOf(ticket.id, OBSTACLES_SHOWN);
        return children.map((child) => `Its subtask #${child.id} is open.`);
      }
      return (await hasClosedParent(this.tracker, ticket))
        ? [`Its parent #${ticket.parent_id} is closed.`]
        : [];
    });
  }

  notesOf(id: string): Promise<readonly NoteSnapshot[]> {
    return this.read(async () => {
      const texts = await this.tracker.notesOf((await existing(this.tracker, id)).id);
      return texts.map((text) => ({ text, gaveStatus: null }));
    });
  }

  findByKey(key: string): Promise<readonly TicketSnapshot[]> {
    return this.read(async () => (await this.tracker.findByCorrelationKey(key)).map(snapshotOf));
  }

  findOurs(cursor: string | null): Promise<TicketPage> {
    return this.read(async () => {
      const tickets = await this.tracker.openWithKeyLineAfter(numberOf(cursor ?? '') ?? 0, PAGE_SIZE);
      const next = tickets.length < PAGE_SIZE ? undefined : tickets.at(-1)?.id;
      return { tickets: tickets.map(snapshotOf), next: next === undefined ? null : String(next) };
    });
  }

  changedSince(cursor: string | null): Promise<ChangePage> {
    return this.read(async () => {
      if (cursor === null) {
        const revision = await this.tracker.lastRevision();
        return { tickets: [], next: cursorOf({ revision: revision + 1, id: 0 }) };
      }
      const tickets = await this.tracker.changedAfter(placeOf(cursor), PAGE_SIZE);
      const last = tickets.at(-1);
      return { tickets: tickets.map(snapshotOf), next: last === undefined ? cursor : cursorOf(last) };
    });
  }

  /** Nothing of it can be configured wrongly. */
  async probe(): Promise<readonly BackendProblem[]> {
    return [];
  }

  private async read<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw trackerFailure(error, 'none');
    }
  }

  private async write<T>(work: (tracker: SqlTracker, stamp: WriteStamp) => Promise<T>): Promise<T> {
    let onlyCommitIsLeft = false;
    try {
      return await this.tracker.write(async (tracker, revision) => {
        const result = await work(tracker, { revision, at: this.clock.now() });
        onlyCommitIsLeft = true;
        return result;
      });
    } catch (error) {
      // What failed before the commit is rolled back; of a commit that failed nobody can be sure.
      throw trackerFailure(error, onlyCommitIsLeft ? 'unknown-finished' : 'none');
    }
  }
}
