import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** A ticket of the embedded tracker as it lies on the disk. */
export interface StoredTicket {
  readonly id: number;
  readonly subject: string;
  readonly description: string;
  readonly status: string;
  readonly parentId: number | null;
  readonly correlationKey: string | null;
  /** Oldest first. */
  readonly notes: readonly string[];
}

export interface StoredDeadLetter {
  readonly source: string;
  readonly problem: string;
  readonly body: string;
}

/** Longer than any back-off, shorter than any hold. */
const SOON_MS = 30_000;

type Row = Readonly<Record<string, unknown>>;

/** Reads the store of an Alertree, running or not, through a connection of its own: behind every adapter's back. */
export class StoreFile {
  readonly path: string;

  constructor(dataDir: string) {
    this.path = join(dataDir, 'alertree.db');
  }

  /** Every ticket, in the order in which they were opened. */
  tickets(): readonly StoredTicket[] {
    return this.reading((rows) => {
      const notes = rows('select ticket_id, text from embedded_note order by revision');
      return rows('select * from embedded_ticket order by id').map((row) => toTicket(row, notes));
    });
  }

  /** Number of the tracker's last write: it stands still while nothing is written to the backend. */
  trackerRevision(): number {
    return this.reading((rows) => Number(rows('select revision from embedded_tracker')[0]?.['revision']));
  }

  deadLetters(): readonly StoredDeadLetter[] {
    return this.reading((rows) =>
      rows('select source, problem, body from dead_letters order by rowid').map((row) => ({
        source: String(row['source']),
        problem: String(row['problem']),
        body: String(row['body']),
      })),
    );
  }

  /**
   * True when no group is being delivered or due soon, and everything written was read back. Soon, because a write
   * that is tried again waits for a second or more.
   */
  isQuiet(now: number): boolean {
    return this.reading((rows) => {
      const soon = now + SOON_MS;
      const due = rows('select 1 from ticket_groups where lease_owner is not null or due_at <= ?', soon);
      return due.length + rows('select 1 from tickets where written is not null').length === 0;
    });
  }

  /** True when it was closed in peace: the write-ahead log went back into the file. */
  isClosed(): boolean {
    return existsSync(this.path) && !existsSync(`${this.path}-wal`);
  }

  private reading<T>(read: (rows: (query: string, ...values: number[]) => Row[]) => T): T {
    const database = new DatabaseSync(this.path, { readOnly: true, timeout: 5000 });
    try {
      database.exec('begin'); // one moment for all that is read
      return read((query, ...values) => database.prepare(query).all(...values));
    } finally {
      database.close();
    }
  }
}

function toTicket(row: Row, notes: readonly Row[]): StoredTicket {
  const { id, subject, description, status, parent_id: parentId, correlation_key: key } = row;
  return {
    id: Number(id),
    subject: String(subject),
    description: String(description),
    status: String(status),
    parentId: parentId === null ? null : Number(parentId),
    correlationKey: typeof key === 'string' ? key : null,
    notes: notes.filter((note) => note['ticket_id'] === id).map((note) => String(note['text'])),
  };
}

/** The tickets drawn as people draw them, each with its status. */
export function treeOf(tickets: readonly StoredTicket[]): readonly string[] {
  return tickets
    .filter((ticket) => ticket.parentId === null)
    .flatMap((root) => {
      const children = tickets.filter((ticket) => ticket.parentId === root.id);
      return [line(root), ...children.map((child) => `${branch(child, children)} ${line(child)}`)];
    });
}

function branch(child: StoredTicket, children: readonly StoredTicket[]): string {
  return child === children.at(-1) ? '└─' : '├─';
}

function line({ subject, status }: StoredTicket): string {
  return `${subject} ${status}`;
}
