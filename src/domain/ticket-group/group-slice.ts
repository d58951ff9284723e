import { countsAsFiring, type Episode } from './episode.js';
import type { GroupEvent, GroupEventKind } from './group-event.js';
import type { GroupHead } from './group-head.js';
import { mayStandOpen, type Ticket } from './ticket.js';
import type { NoteFact, TicketNote } from './ticket-note.js';

/** The rows of one group that a transaction works on. */
export interface GroupRows {
  readonly head: GroupHead;
  readonly episodes: readonly Episode[];
  readonly tickets: readonly Ticket[];
  /** Wanted notes of these tickets. */
  readonly notes: readonly TicketNote[];
}

/** What a transaction has to write, and nothing else. */
export interface GroupChanges {
  readonly head: GroupHead | null;
  readonly isNew: boolean;
  readonly episodes: readonly Episode[];
  readonly tickets: readonly Ticket[];
  readonly notes: readonly TicketNote[];
  readonly events: readonly GroupEvent[];
  /** The episodes that were opened here, one entry each; those that came from another group are not among them. */
  readonly opened: readonly EpisodePlace[];
}

/** What an episode became when it was opened: the first of its group, one more of it, or one beyond the cap. */
export type EpisodePlace = 'first' | 'grouped' | 'folded';

/**
 * The working set of a group: its head and a slice of its members. Every change of a row goes through here, so that the
 * counts of the head are right without anybody reading all members, and the store learns which rows to write.
 */
export class GroupSlice {
  private current: GroupHead;
  private readonly episodesById: Map<string, Episode>;
  private readonly openIdByAlert = new Map<string, string>();
  private readonly ticketsByKey: Map<string, Ticket>;
  private readonly notesById: Map<string, TicketNote>;
  private headChanged = false;
  private elsewhere = false;
  private readonly changedEpisodes = new Set<string>();
  private readonly changedTickets = new Set<string>();
  private readonly changedNotes = new Set<string>();
  private readonly newEvents: GroupEvent[] = [];
  private readonly openedPlaces: EpisodePlace[] = [];

  constructor(
    rows: GroupRows,
    private readonly isNew: boolean,
  ) {
    this.current = rows.head;
    this.headChanged = isNew;
    this.episodesById = new Map(rows.episodes.map((episode) => [episode.id, episode]));
    this.ticketsByKey = new Map(rows.tickets.map((ticket) => [ticket.key, ticket]));
    this.notesById = new Map(rows.notes.map((note) => [note.id, note]));
    for (const episode of rows.episodes) this.indexByAlert(episode);
  }

  get head(): GroupHead {
    return this.current;
  }

  /** Its members are left behind in another backend than the one in use: an episode that ends for that is not over. */
  get isElsewhere(): boolean {
    return this.elsewhere;
  }

  markElsewhere(): void {
    this.elsewhere = true;
  }

  get root(): Ticket | null {
    return this.current.rootKey === null ? null : (this.ticketsByKey.get(this.current.rootKey) ?? null);
  }

  /** In order of joining. */
  get tickets(): readonly Ticket[] {
    return [...this.ticketsByKey.values()].toSorted((a, b) => a.ordinal - b.ordinal);
  }

  get episodes(): readonly Episode[] {
    return [...this.episodesById.values()].toSorted((a, b) => a.ordinal - b.ordinal);
  }

  ticket(key: string): Ticket | null {
    return this.ticketsByKey.get(key) ?? null;
  }

  episode(id: string | null): Episode | null {
    return id === null ? null : (this.episodesById.get(id) ?? null);
  }

  openEpisodeOf(alertId: string): Episode | null {
    return this.episode(this.openIdByAlert.get(alertId) ?? null);
  }

  /** Notes of a ticket that are still to be sent, oldest first. */
  wantedNotesOf(ticketKey: string): readonly TicketNote[] {
    return [...this.notesById.values()].filter(
      (note) => note.ticketKey === ticketKey && note.state === 'wanted',
    );
  }

  note(id: string): TicketNote | null {
    return this.notesById.get(id) ?? null;
  }

  patchHead(patch: Partial<GroupHead>): void {
    this.current = { ...this.current, ...patch };
    this.headChanged = true;
  }

  putEpisode(episode: Episode): void {
    const before = this.episodesById.get(episode.id);
    this.episodesById.set(episode.id, episode);
    this.indexByAlert(episode);
    this.changedEpisodes.add(episode.id);
    const change = Number(countsAsFiring(episode)) - Number(before !== undefined && countsAsFiring(before));
    if (change !== 0) this.patchHead({ firing: this.current.firing + change });
  }

  putTicket(ticket: Ticket): void {
    const before = this.ticketsByKey.get(ticket.key);
    this.ticketsByKey.set(ticket.key, ticket);
    this.changedTickets.add(ticket.key);
    if (ticket.key === this.current.rootKey) return;
    const change = Number(mayStandOpen(ticket)) - Number(before !== undefined && mayStandOpen(before));
    if (change !== 0) this.patchHead({ openChildren: this.current.openChildren + change });
  }

  /** Takes an episode out: it now belongs to another group, which writes it. */
  removeEpisode(episode: Episode): void {
    this.episodesById.delete(episode.id);
    this.openIdByAlert.delete(episode.alertId);
    this.changedEpisodes.delete(episode.id);
    if (countsAsFiring(episode)) this.patchHead({ firing: this.current.firing - 1 });
  }

  addNote(note: TicketNote): void {
    this.notesById.set(note.id, note);
    this.changedNotes.add(note.id);
  }

  patchNote(id: string, patch: { fact?: NoteFact; state?: TicketNote['state']; text?: string }): void {
    const note = this.notesById.get(id);
    if (note !== undefined) this.addNote({ ...note, ...patch });
  }

  recordEvent(kind: GroupEventKind, at: number, ticketKey: string | null, reason: string | null): void {
    this.newEvents.push({ groupId: this.current.id, at, kind, ticketKey, reason });
  }

  recordOpened(place: EpisodePlace): void {
    this.openedPlaces.push(place);
  }

  private indexByAlert(episode: Episode): void {
    if (episode.state !== 'ended') this.openIdByAlert.set(episode.alertId, episode.id);
    else if (this.openIdByAlert.get(episode.alertId) === episode.id)
      this.openIdByAlert.delete(episode.alertId);
  }

  /** Tickets that this transaction changed, or whose episode or notes it changed. */
  concernedTickets(): readonly Ticket[] {
    const keys = new Set(this.changedTickets);
    for (const { ticketKey } of pick(this.changedEpisodes, this.episodesById))
      if (ticketKey !== null) keys.add(ticketKey);
    for (const { ticketKey } of pick(this.changedNotes, this.notesById)) keys.add(ticketKey);
    return pick(keys, this.ticketsByKey);
  }

  get hasChanges(): boolean {
    const rows = [this.changedEpisodes, this.changedTickets, this.changedNotes];
    return this.headChanged || this.newEvents.length > 0 || rows.some((changed) => changed.size > 0);
  }

  changes(): GroupChanges {
    return {
      head: this.headChanged ? this.current : null,
      isNew: this.isNew,
      episodes: pick(this.changedEpisodes, this.episodesById),
      tickets: pick(this.changedTickets, this.ticketsByKey),
      notes: pick(this.changedNotes, this.notesById),
      events: this.newEvents,
      opened: this.openedPlaces,
    };
  }
}

function pick<T>(keys: Iterable<string>, rows: ReadonlyMap<string, T>): readonly T[] {
  return [...keys].flatMap((key) => rows.get(key) ?? []);
}
