import type { EpisodeFigures, Figures } from '../../../src/application/ports/store-figures.js';
import { countsAsFiring, type Episode } from '../../../src/domain/ticket-group/episode.js';
import { standing, type Ticket } from '../../../src/domain/ticket-group/ticket.js';
import { refusalOf } from '../../../src/domain/ticket-group/timing.js';
import type { MemoryTables } from './memory-tables.js';

export function figuresOf(tables: MemoryTables, instance: string, now: number): Figures {
  const heads = tables.groups.all().flatMap(({ head }) => (head.instance === instance ? head : []));
  const ids = new Set(heads.map((head) => head.id));
  const episodes = tables.episodes.all().filter((episode) => ids.has(episode.groupId));
  const tickets = tables.tickets.all().filter((ticket) => ids.has(ticket.groupId));
  return {
    groupsDue: heads.filter((head) => head.dueAt !== null && head.dueAt <= now).length,
    groupsFiring: new Set(episodes.filter(countsAsFiring).map((episode) => episode.groupId)).size,
    episodes: countEpisodes(episodes),
    parked: countReasons(tickets),
    oldestUndelivered: oldest(
      tickets
        .filter((ticket) => ticket.workAt !== null && reasonOf(ticket) === null)
        .flatMap((ticket) => [...statusTimes(ticket), ...noteTimes(tables, ticket, now)]),
    ),
  };
}

function countEpisodes(episodes: readonly Episode[]): EpisodeFigures {
  const count = (is: (episode: Episode) => boolean): number => episodes.filter(is).length;
  return {
    firing: count((episode) => episode.state === 'firing'),
    held: count((episode) => episode.state === 'held'),
    settled: count((episode) => episode.state === 'settled'),
    flapping: count((episode) => countsAsFiring(episode) && episode.flappingTold),
    presumed: count((episode) => episode.state !== 'ended' && episode.presumedSince !== null),
  };
}

function countReasons(tickets: readonly Ticket[]): ReadonlyMap<string, number> {
  const reasons = tickets.flatMap((ticket) => reasonOf(ticket) ?? []);
  return new Map([...Map.groupBy(reasons, (reason) => reason)].map(([reason, all]) => [reason, all.length]));
}

/** Why it cannot be delivered as it is; null when nothing stands in the way. */
function reasonOf(ticket: Ticket): string | null {
  return ticket.parked?.reason ?? (refusalOf(ticket) === null ? null : 'refused');
}

function statusTimes(ticket: Ticket): readonly number[] {
  const { wanted, wantedSince, personal } = ticket;
  const now = standing(ticket);
  const waits = now === 'absent' ? wanted === 'open' : now !== 'gone' && !personal && wanted !== 'none';
  return waits && wanted !== now && wantedSince !== null ? [wantedSince] : [];
}

function noteTimes(tables: MemoryTables, { key }: Ticket, now: number): readonly number[] {
  const notes = tables.notes.by('wanted', key).filter((note) => note.notBefore <= now);
  return notes.map((note) => note.notBefore);
}

function oldest(times: readonly number[]): number | null {
  return times.length === 0 ? null : times.reduce((first, time) => Math.min(first, time));
}
