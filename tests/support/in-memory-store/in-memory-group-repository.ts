import type { TicketGroupRepository, UnverifiedTicket } from '../../../src/application/ports/store.js';
import type { GroupKey } from '../../../src/domain/route/group-key.js';
import { afterStepBack } from '../../../src/domain/ticket-group/clock-steps.js';
import { countsAsFiring, type Episode } from '../../../src/domain/ticket-group/episode.js';
import type { GroupChanges } from '../../../src/domain/ticket-group/group-slice.js';
import { TicketGroup } from '../../../src/domain/ticket-group/ticket-group.js';
import { isOurs, type Ticket } from '../../../src/domain/ticket-group/ticket.js';
import type { MemoryTables } from './memory-tables.js';

const MOST_TICKETS = 100;
const MOST_DUE_EPISODES = 100;
const MOST_TICKETLESS_EPISODES = 1000;

type Members = Readonly<{ episodes?: readonly Episode[]; tickets?: readonly Ticket[] }>;

export class InMemoryGroupRepository implements TicketGroupRepository {
  /** What is saved is added to `saved`, too. */
  constructor(
    private readonly tables: MemoryTables,
    private readonly saved: GroupChanges[],
  ) {}

  async forIntake(
    alertIds: readonly string[],
    groupKeys: readonly string[],
  ): Promise<readonly TicketGroup[]> {
    const episodes = [...new Set(alertIds)].flatMap((id) => this.tables.episodes.by('open', id));
    const accepting = groupKeys.flatMap((key) => this.tables.groups.by('accepting', key));
    const ids = new Set([...episodes.map((one) => one.groupId), ...accepting.map((row) => row.head.id)]);
    const episodesOf = Map.groupBy(episodes, (episode) => episode.groupId);
    return [...ids].toSorted().flatMap((id) => this.load(id, { episodes: episodesOf.get(id) ?? [] }) ?? []);
  }

  async forDelivery(groupId: string, now: number): Promise<TicketGroup | null> {
    const due = this.ticketsOf(groupId).filter((ticket) => ticket.workAt !== null && ticket.workAt <= now);
    const tickets = [
      ...due.filter((one) => one.intent !== null),
      ...due.filter((one) => one.intent === null),
    ];
    const isOver = (one: Episode): boolean =>
      one.state === 'held' && one.holdUntil !== null && one.holdUntil <= now;
    const episodes = this.episodesOf(groupId).filter(isOver);
    return this.load(groupId, {
      episodes: episodes.slice(0, MOST_DUE_EPISODES),
      tickets: tickets.slice(0, MOST_TICKETS),
    });
  }

  async forConclusion(groupId: string): Promise<TicketGroup | null> {
    const all = this.ticketsOf(groupId);
    const standing = all.filter((one) => one.wanted !== 'open' && isOurs(one) && one.seen !== 'closed');
    const tickets = [...all.filter((ticket) => ticket.wanted === 'open'), ...standing];
    const episodes = this.episodesOf(groupId).filter((one) => one.ticketKey === null && countsAsFiring(one));
    return this.load(groupId, {
      episodes: episodes.slice(0, MOST_TICKETLESS_EPISODES),
      tickets: tickets.slice(0, MOST_TICKETS),
    });
  }

  async forAdoption(
    ticketKeys: readonly string[],
    alertIds: readonly string[],
  ): Promise<readonly TicketGroup[]> {
    const tickets = [...new Set(ticketKeys)].flatMap((key) => this.tables.tickets.get(key) ?? []);
    const episodes = [...new Set(alertIds)].flatMap((id) => this.tables.episodes.by('open', id));
    const ids = new Set([...tickets, ...episodes].map((row) => row.groupId));
    return [...ids].toSorted().flatMap((id) => {
      const isOfGroup = (row: { readonly groupId: string }): boolean => row.groupId === id;
      return (
        this.load(id, { tickets: tickets.filter(isOfGroup), episodes: episodes.filter(isOfGroup) }) ?? []
      );
    });
  }

  async forTickets(ticketKeys: readonly string[]): Promise<readonly TicketGroup[]> {
    const tickets = [...new Set(ticketKeys)].flatMap((key) => this.tables.tickets.get(key) ?? []);
    const groups = [...Map.groupBy(tickets, (ticket) => ticket.groupId)];
    groups.sort(([a], [b]) => (a < b ? -1 : 1));
    return groups.flatMap(([id, ofGroup]) => this.load(id, { tickets: ofGroup }) ?? []);
  }

  async elsewhere(instance: string, after: string, limit: number): Promise<readonly string[]> {
    const heads = this.tables.groups.all().map(({ head }) => head);
    const wanting = heads.filter(
      (head) => head.accepting || head.firing > 0 || head.accountNo > head.accountedNo,
    );
    const found = wanting.filter((head) => head.instance !== instance && head.id > after);
    return found
      .map(({ id }) => id)
      .toSorted()
      .slice(0, limit);
  }

  async nextDueAfter(groupId: string, now: number): Promise<number | null> {
    const work = this.tables.tickets.by('group', groupId).map((ticket) => ticket.workAt);
    const held = this.tables.episodes.by('group', groupId).filter((episode) => episode.state === 'held');
    const holds = held.flatMap((episode) => episode.holdUntil ?? []);
    const times = [...work.flatMap((at) => (at === null || at <= now ? [] : at)), ...holds];
    return times.reduce<number | null>((least, at) => (least === null ? at : Math.min(least, at)), null);
  }

  async resume(instance: string): Promise<void> {
    for (const row of this.tables.groups.all()) {
      const { head } = row;
      const waiting = this.tables.tickets
        .by('group', head.id)
        .filter(({ workAt, retryAt }) => workAt !== null && retryAt > 0);
      if (head.instance !== instance || (head.retryAt === 0 && waiting.length === 0)) continue;
      this.tables.groups.put(head.id, { ...row, head: { ...head, retryAt: 0, attempts: 0, dueAt: 0 } });
      for (const ticket of waiting) this.tables.tickets.put(ticket.key, { ...ticket, retryAt: 0, workAt: 0 });
    }
  }

  async clockSteppedBack(instance: string, now: number): Promise<void> {
    const { groups, tickets, notes } = this.tables;
    for (const row of groups.all().filter(({ head }) => head.instance === instance)) {
      const { head } = row;
      for (const ticket of tickets.by('group', head.id)) tickets.put(ticket.key, afterStepBack(ticket, now));
      for (const note of notes.by('group', head.id))
        if (note.state === 'wanted' && note.notBefore > now) notes.put(note.id, { ...note, notBefore: now });
      const waits = head.retryAt > now || (head.dueAt ?? 0) > now;
      if (waits) groups.put(head.id, { ...row, head: { ...head, retryAt: 0, dueAt: 0 } });
    }
  }

  async setDue(groupId: string, dueAt: number | null): Promise<void> {
    const row = this.tables.groups.get(groupId);
    if (row !== null) this.tables.groups.put(groupId, { ...row, head: { ...row.head, dueAt } });
  }

  async save(groups: readonly Pick<TicketGroup, 'changes'>[]): Promise<void> {
    const changes = groups.map((group) => group.changes());
    this.tables.write(changes);
    this.saved.push(...changes);
  }

  async saveKeys(keys: ReadonlyMap<string, GroupKey>): Promise<void> {
    for (const [id, key] of keys)
      if (this.tables.groupKeys.get(id) === null) this.tables.groupKeys.put(id, key);
  }

  async keyOf(groupKey: string): Promise<GroupKey | null> {
    return this.tables.groupKeys.get(groupKey);
  }

  async latestOf(groupKeys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const latest = new Map<string, string>();
    for (const key of groupKeys) {
      const newest = this.tables.groups.by('key', key).at(-1);
      if (newest !== undefined) latest.set(key, newest.head.id);
    }
    return latest;
  }

  async rootReferenceOf(groupId: string, instance: string): Promise<string | null> {
    if (this.tables.groups.get(groupId)?.head.instance !== instance) return null;
    const rootKey = this.tables.groups.get(groupId)?.head.rootKey ?? null;
    return this.tables.tickets.get(rootKey)?.reference ?? null;
  }

  async episode(id: string): Promise<Episode | null> {
    return this.tables.episodes.get(id);
  }

  async unaccounted(groupId: string, after: number, limit: number): Promise<readonly Episode[]> {
    const numbered = this.tables.episodes.by('group', groupId).filter((one) => (one.accountNo ?? 0) > after);
    return numbered.toSorted((a, b) => (a.accountNo ?? 0) - (b.accountNo ?? 0)).slice(0, limit);
  }

  async firingFolded(groupId: string, limit: number): Promise<readonly Episode[]> {
    const folded = this.tables.episodes
      .by('group', groupId)
      .filter((one) => one.folded && countsAsFiring(one));
    return folded.toSorted((a, b) => a.ordinal - b.ordinal).slice(0, limit);
  }

  async unverified(instance: string, limit: number, now: number): Promise<readonly UnverifiedTicket[]> {
    const found: UnverifiedTicket[] = [];
    for (const ticket of this.tables.tickets.by('unverified', 'all')) {
      const { key, groupId, reference, writeNumber, writtenAt, retryAt } = ticket;
      if (reference === null || retryAt > now) continue;
      if (this.tables.groups.get(groupId)?.head.instance !== instance) continue;
      found.push({ key, reference, writeNumber, writtenAt: writtenAt ?? 0 });
    }
    return found.toSorted((a, b) => a.writtenAt - b.writtenAt || (a.key < b.key ? -1 : 1)).slice(0, limit);
  }

  private load(groupId: string, found: Members): TicketGroup | null {
    const head = this.tables.groups.get(groupId)?.head;
    if (head === undefined) return null;
    const episodes = new Map((found.episodes ?? []).map((episode) => [episode.id, episode]));
    const tickets = new Map((found.tickets ?? []).map((ticket) => [ticket.key, ticket]));
    const addEpisode = (episode: Episode | null): void => {
      if (episode?.groupId === groupId) episodes.set(episode.id, episode);
    };
    const addTicket = (ticket: Ticket | null): void => {
      if (ticket?.groupId === groupId) tickets.set(ticket.key, ticket);
    };
    if (head.rootKey === null) addEpisode(this.tables.episodes.get(head.firstEpisodeId));
    addTicket(this.tables.tickets.get(head.rootKey));
    for (const episode of episodes.values()) addTicket(this.tables.tickets.get(episode.ticketKey));
    for (const ticket of tickets.values()) addEpisode(this.tables.episodes.get(ticket.episodeId));
    const notes = [...tickets.keys()].flatMap((key) => this.tables.notes.by('wanted', key));
    return TicketGroup.from({
      head,
      episodes: [...episodes.values()],
      tickets: [...tickets.values()],
      notes,
    });
  }

  private ticketsOf(groupId: string): readonly Ticket[] {
    return this.tables.tickets.by('group', groupId).toSorted((a, b) => a.ordinal - b.ordinal);
  }

  private episodesOf(groupId: string): readonly Episode[] {
    return this.tables.episodes.by('group', groupId).toSorted((a, b) => a.ordinal - b.ordinal);
  }
}
