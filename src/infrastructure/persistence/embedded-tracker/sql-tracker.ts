import type { Kysely, SelectQueryBuilder } from 'kysely';
import { keyLineIn } from '../../../application/ports/key-line.js';
import {
  TICKET_COLUMNS,
  type TrackerSchema,
  type TrackerStatus,
  type TrackerTicketTable,
} from './tracker-schema.js';

/** What a ticket is known by; the texts are asked for one by one, because they may be long. */
export type TrackerTicket = Omit<TrackerTicketTable, 'subject' | 'description' | 'created_at' | 'updated_at'>;

export interface NewTrackerTicket {
  readonly subject: string;
  readonly description: string;
  readonly parentId: number | null;
}

export interface TrackerTicketChange {
  readonly status?: TrackerStatus;
  readonly description?: string;
}

/** A place in the order of changes: one write may change two tickets, so its number alone is none. */
export interface ChangePlace {
  readonly revision: number;
  readonly id: number;
}

/** Marks what one write did: the number of the write and its time in milliseconds since the epoch. */
export interface WriteStamp {
  readonly revision: number;
  readonly at: number;
}

const OPEN: readonly TrackerStatus[] = ['open', 'resolved'];
/** Well below the number of parameters that a statement may have in either database. */
const IDS_PER_STATEMENT = 1000;

/**
 * The statements of the embedded tracker. Rules are not here: its adapter keeps them, inside `write`. Every method
 * throws what the driver throws.
 */
export class SqlTracker {
  constructor(private readonly db: Kysely<TrackerSchema>) {}

  /**
   * Runs the work in one transaction and gives it the number of this write. One writer at a time: whoever comes second
   * waits, and sees what the first one did. Nothing of it is stored when the work throws.
   */
  write<T>(work: (tracker: SqlTracker, revision: number) => Promise<T>): Promise<T> {
    return this.db.transaction().execute(async (transaction) => {
      // Before anything is read: the lock on this row is what the next writer waits for.
      const { revision } = await transaction
        .updateTable('embedded_tracker')
        .set((row) => ({ revision: row('revision', '+', 1) }))
        .returning('revision')
        .executeTakeFirstOrThrow();
      return work(new SqlTracker(transaction), revision);
    });
  }

  /** Number of the last write. */
  async lastRevision(): Promise<number> {
    const row = await this.db.selectFrom('embedded_tracker').select('revision').executeTakeFirstOrThrow();
    return row.revision;
  }

  /** Stores an open ticket and returns its id. Ids rise and are never given twice. */
  async insertTicket(ticket: NewTrackerTicket, stamp: WriteStamp): Promise<number> {
    const { id } = await this.db
      .updateTable('embedded_tracker')
      .set((row) => ({ last_ticket_id: row('last_ticket_id', '+', 1) }))
      .returning('last_ticket_id as id')
      .executeTakeFirstOrThrow();
    await this.db
      .insertInto('embedded_ticket')
      .values({
        id,
        subject: ticket.subject,
        ...descriptionColumns(ticket.description),
        status: 'open',
        parent_id: ticket.parentId,
        revision: stamp.revision,
        created_revision: stamp.revision,
        created_at: stamp.at,
        updated_at: stamp.at,
      })
      .execute();
    return id;
  }

  /** Changes a ticket and records that it changed, be it only by a note. */
  async changeTicket(id: number, change: TrackerTicketChange, stamp: WriteStamp): Promise<void> {
    await this.db
      .updateTable('embedded_ticket')
      .set({
        ...(change.status === undefined ? {} : { status: change.status }),
        ...(change.description === undefined ? {} : descriptionColumns(change.description)),
        revision: stamp.revision,
        updated_at: stamp.at,
      })
      .where('id', '=', id)
      .execute();
  }

  /** At most one note per ticket and write. */
  async insertNote(ticketId: number, text: string, stamp: WriteStamp): Promise<void> {
    await this.db
      .insertInto('embedded_note')
      .values({ ticket_id: ticketId, revision: stamp.revision, text, created_at: stamp.at })
      .execute();
  }

  find(id: number): Promise<TrackerTicket | undefined> {
    return this.tickets().where('id', '=', id).executeTakeFirst();
  }

  /** Those of the tickets that exist, in no order. */
  async findMany(ids: readonly number[]): Promise<readonly TrackerTicket[]> {
    const found: TrackerTicket[] = [];
    for (let start = 0; start < ids.length; start += IDS_PER_STATEMENT) {
      const some = ids.slice(start, start + IDS_PER_STATEMENT);
      found.push(...(await this.tickets().where('id', 'in', some).execute()));
    }
    return found;
  }

  /** Open or closed, in order of id. */
  findByCorrelationKey(key: string): Promise<readonly TrackerTicket[]> {
    return this.tickets().where('correlation_key', '=', key).orderBy('id').execute();
  }

  openWithKeyLineAfter(id: number, limit: number): Promise<readonly TrackerTicket[]> {
    return this.tickets()
      .where('status', 'in', OPEN)
      .where('correlation_key', 'is not', null)
      .where('id', '>', id)
      .orderBy('id')
      .limit(limit)
      .execute();
  }

  /** Tickets with a key line whose last change came after that place, the oldest change first. */
  changedAfter(place: ChangePlace, limit: number): Promise<readonly TrackerTicket[]> {
    return this.tickets()
      .where('correlation_key', 'is not', null)
      .where((row) =>
        row.or([
          row('revision', '>', place.revision),
          row.and([row('revision', '=', place.revision), row('id', '>', place.id)]),
        ]),
      )
      .orderBy('revision')
      .orderBy('id')
      .limit(limit)
      .execute();
  }

  /** In order of id. */
  openChildrenOf(id: number, limit: number): Promise<readonly TrackerTicket[]> {
    return this.tickets()
      .where('parent_id', '=', id)
      .where('status', 'in', OPEN)
      .orderBy('id')
      .limit(limit)
      .execute();
  }

  async descriptionOf(id: number): Promise<string> {
    const row = await this.db
      .selectFrom('embedded_ticket')
      .select('description')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return row.description;
  }

  /** Oldest first. */
  async notesOf(id: number): Promise<readonly string[]> {
    const rows = await this.db
      .selectFrom('embedded_note')
      .select('text')
      .where('ticket_id', '=', id)
      .orderBy('revision')
      .execute();
    return rows.map((row) => row.text);
  }

  private tickets(): SelectQueryBuilder<TrackerSchema, 'embedded_ticket', TrackerTicket> {
    return this.db.selectFrom('embedded_ticket').select(TICKET_COLUMNS);
  }
}

function descriptionColumns(
  description: string,
): Pick<TrackerTicketTable, 'description' | 'correlation_key' | 'alert_id'> {
  const line = keyLineIn(description);
  return { description, correlation_key: line?.key ?? null, alert_id: line?.alertId ?? null };
}
