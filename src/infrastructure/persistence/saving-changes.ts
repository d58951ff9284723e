import type { Episode } from '../../domain/ticket-group/episode.js';
import type { GroupEvent } from '../../domain/ticket-group/group-event.js';
import type { GroupHead } from '../../domain/ticket-group/group-head.js';
import type { GroupChanges } from '../../domain/ticket-group/group-slice.js';
import type { Ticket } from '../../domain/ticket-group/ticket.js';
import type { TicketNote } from '../../domain/ticket-group/ticket-note.js';
import { inChunks } from './chunks.js';
import type { Database } from './database-schema.js';
import { episodeRow } from './rows/episode-row.js';
import { groupEventRow } from './rows/group-event-row.js';
import { groupHeadRow } from './rows/group-head-row.js';
import { ticketNoteRow } from './rows/ticket-note-row.js';
import { ticketRow } from './rows/ticket-row.js';
import { inOrderOf, newValues } from './write-rows.js';

/** Writes the changed rows of all groups, table by table, heads first; what has no changes costs no statement. */
export async function saveChanges(database: Database, changes: readonly GroupChanges[]): Promise<void> {
  await saveHeads(
    database,
    changes.flatMap((change) => change.head ?? []),
  );
  await saveEpisodes(
    database,
    changes.flatMap((change) => change.episodes),
  );
  await saveTickets(
    database,
    changes.flatMap((change) => change.tickets),
  );
  await saveNotes(
    database,
    changes.flatMap((change) => change.notes),
  );
  await addEvents(
    database,
    changes.flatMap((change) => change.events),
  );
}

const FREE = { lease_owner: null, lease_until: 0, fence: 0 };

/** Groups that stopped taking members come first: the database lets only one of a key take them, row by row. */
async function saveHeads(database: Database, heads: readonly GroupHead[]): Promise<void> {
  const ordered = inOrderOf(heads, (head) => `${Number(head.accepting)} ${head.groupKey}`);
  for await (const chunk of inChunks(ordered.map(groupHeadRow))) {
    await database
      .insertInto('ticket_groups')
      .values(chunk.map((row) => ({ ...row, ...FREE })))
      .onConflict((conflict) => conflict.column('id').doUpdateSet(newValues(chunk[0] ?? {}, 'id')))
      .execute();
  }
}

/** What ended comes first: the database lets only one episode of an alert be open, row by row. */
async function saveEpisodes(database: Database, episodes: readonly Episode[]): Promise<void> {
  const ordered = inOrderOf(episodes, (episode) => `${Number(episode.state !== 'ended')} ${episode.alertId}`);
  for await (const chunk of inChunks(ordered)) {
    const rows = chunk.map(episodeRow);
    await database
      .insertInto('episodes')
      .values(rows)
      .onConflict((conflict) => conflict.column('id').doUpdateSet(newValues(rows[0] ?? {}, 'id')))
      .execute();
  }
}

export async function saveTickets(database: Database, tickets: readonly Ticket[]): Promise<void> {
  const ordered = inOrderOf(tickets, (ticket) => ticket.key);
  for await (const chunk of inChunks(ordered)) {
    const rows = chunk.map(ticketRow);
    await database
      .insertInto('tickets')
      .values(rows)
      .onConflict((conflict) => conflict.column('key').doUpdateSet(newValues(rows[0] ?? {}, 'key')))
      .execute();
  }
}

/** As they were made, not sorted: the order of insertion is the order in which they are read and sent. */
async function saveNotes(database: Database, notes: readonly TicketNote[]): Promise<void> {
  for await (const chunk of inChunks(notes)) {
    const rows = chunk.map(ticketNoteRow);
    await database
      .insertInto('ticket_notes')
      .values(rows)
      .onConflict((conflict) => conflict.column('id').doUpdateSet(newValues(rows[0] ?? {}, 'id')))
      .execute();
  }
}

async function addEvents(database: Database, events: readonly GroupEvent[]): Promise<void> {
  for await (const chunk of inChunks(events)) {
    await database.insertInto('group_events').values(chunk.map(groupEventRow)).execute();
  }
}
