import { StoreUnavailableError, type DeadLetter } from '../../../src/application/ports/store.js';
import type { AlertRecord } from '../../../src/domain/alert/alert-record.js';
import type { GroupKey } from '../../../src/domain/route/group-key.js';
import type { Episode } from '../../../src/domain/ticket-group/episode.js';
import type { GroupEvent } from '../../../src/domain/ticket-group/group-event.js';
import type { GroupHead } from '../../../src/domain/ticket-group/group-head.js';
import type { GroupChanges } from '../../../src/domain/ticket-group/group-slice.js';
import type { Ticket } from '../../../src/domain/ticket-group/ticket.js';
import type { TicketNote } from '../../../src/domain/ticket-group/ticket-note.js';
import { Journal, MemoryTable } from './memory-table.js';

export interface GroupRow {
  readonly head: GroupHead;
  readonly leaseOwner: string | null;
  readonly leaseUntil: number;
  readonly fence: number;
}

const FREE = { leaseOwner: null, leaseUntil: 0, fence: 0 };

/** The tables of the store with the indexes and the uniqueness of the database's. */
export class MemoryTables {
  readonly journal = new Journal();
  readonly alerts = new MemoryTable<AlertRecord>(this.journal, {});
  readonly groupKeys = new MemoryTable<GroupKey>(this.journal, {});
  /** The one row is that of the instance whose open tickets are known. */
  readonly adoption = new MemoryTable<string>(this.journal, {});
  readonly deadLetters = new MemoryTable<DeadLetter>(this.journal, {});
  readonly groups = new MemoryTable<GroupRow, 'key' | 'accepting'>(this.journal, {
    key: { of: (row) => row.head.groupKey },
    accepting: { of: (row) => (row.head.accepting ? row.head.groupKey : null), unique: true },
  });
  readonly episodes = new MemoryTable<Episode, 'group' | 'open'>(this.journal, {
    group: { of: (row) => row.groupId },
    open: { of: (row) => (row.state === 'ended' ? null : row.alertId), unique: true },
  });
  readonly tickets = new MemoryTable<Ticket, 'group' | 'unverified'>(this.journal, {
    group: { of: (row) => row.groupId },
    unverified: { of: (row) => (isUnverified(row) ? 'all' : null) },
  });
  readonly notes = new MemoryTable<TicketNote, 'group' | 'wanted'>(this.journal, {
    group: { of: (row) => row.groupId },
    wanted: { of: (row) => (row.state === 'wanted' ? row.ticketKey : null) },
  });
  readonly events = new MemoryTable<GroupEvent, 'group'>(this.journal, {
    group: { of: (row) => row.groupId },
  });
  private lastEvent = 0;

  /** What gives up a unique place is written before what takes one, as in the database. */
  write(changes: readonly GroupChanges[]): void {
    const heads = changes.flatMap((change) => change.head ?? []);
    for (const head of lastOnes(heads, (one) => one.accepting)) this.writeHead(head);
    const episodes = changes.flatMap((change) => change.episodes);
    for (const row of lastOnes(episodes, (one) => one.state !== 'ended'))
      this.member(row, this.episodes, row.id);
    for (const change of changes) {
      for (const row of change.tickets) this.member(row, this.tickets, row.key);
      for (const row of change.notes) this.member(row, this.notes, row.id);
      for (const row of change.events) this.member(row, this.events, String((this.lastEvent += 1)));
    }
  }

  /** With all that belongs to it. */
  removeGroup(id: string): void {
    for (const row of this.episodes.by('group', id)) this.episodes.remove(row.id);
    for (const row of this.tickets.by('group', id)) this.tickets.remove(row.key);
    for (const row of this.notes.by('group', id)) this.notes.remove(row.id);
    for (const [no] of this.events.entriesBy('group', id)) this.events.remove(no);
    this.groups.remove(id);
  }

  /** Returns how many there were. */
  removeEvents(which: (event: GroupEvent) => boolean): number {
    const all = this.groups.all().flatMap(({ head }) => this.events.entriesBy('group', head.id));
    const removed = all.filter(([, event]) => which(event));
    for (const [no] of removed) this.events.remove(no);
    return removed.length;
  }

  private writeHead(head: GroupHead): void {
    this.groups.put(head.id, { ...(this.groups.get(head.id) ?? FREE), head });
  }

  private member<Row extends { readonly groupId: string }>(
    row: Row,
    table: Pick<MemoryTable<Row>, 'put'>,
    id: string,
  ): void {
    if (this.groups.get(row.groupId) === null) throw new StoreUnavailableError(`no group ${row.groupId}`);
    table.put(id, row);
  }
}

function isUnverified({ written, reference, intent }: Ticket): boolean {
  return written !== null && reference !== null && intent === null;
}

/** In the order given, but those of which it is true after all others. */
function lastOnes<Row>(rows: readonly Row[], isLast: (row: Row) => boolean): readonly Row[] {
  return [...rows.filter((row) => !isLast(row)), ...rows.filter(isLast)];
}
