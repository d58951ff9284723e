import { createHash } from 'node:crypto';
import type { TicketSnapshot } from '../../../application/ports/ticket-backend.js';

/** Where the next look at what changed begins. */
export interface ChangePlace {
  /** As Redmine writes it: `2026-06-16T02:46:00Z`. */
  readonly time: string;
  /** How many of those changed since then are passed over: more than a page of them have one and the same time. */
  readonly offset: number;
  /** Marks of tickets that were shown already, by id. */
  readonly shown: ReadonlyMap<string, string>;
}

export const THE_BEGINNING: ChangePlace = { time: '1970-01-01T00:00:00Z', offset: 0, shown: new Map() };

/** More than so many are shown again rather than remembered. */
const MOST_SHOWN = 200;
/** A change is stamped when it is made and seen when it is committed, which a lock may delay. */
const OVERLAP_MS = 15_000;
const CURSOR = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) (\d{1,6})((?: \d{1,10}:[\w-]{8})*)$/;

/**
 * The place for the next look when all is seen: somewhat before the last change, for the clock counts in seconds and
 * what began earlier may be committed later. What is seen there already is remembered.
 */
export function placeAfter(seen: readonly TicketSnapshot[], notBefore: string): ChangePlace {
  const last = seen.map(changeTimeOf).toSorted().at(-1);
  if (last === undefined) return { ...THE_BEGINNING, time: notBefore };
  const earlier = new Date(Date.parse(last) - OVERLAP_MS).toISOString().replace(/\.\d+Z$/, 'Z');
  const time = earlier > notBefore ? earlier : notBefore;
  const recent = seen
    .filter((ticket) => changeTimeOf(ticket) >= time)
    .toSorted((one, other) => changeTimeOf(other).localeCompare(changeTimeOf(one)))
    .slice(0, MOST_SHOWN);
  return { time, offset: 0, shown: new Map(recent.map((ticket) => [ticket.id, markOf(ticket)])) };
}

export function wasShown(place: ChangePlace, ticket: TicketSnapshot): boolean {
  return place.shown.get(ticket.id) === markOf(ticket);
}

export function cursorOf({ time, offset, shown }: ChangePlace): string {
  return [time, String(offset), ...[...shown].map(([id, mark]) => `${id}:${mark}`)].join(' ');
}

/** A cursor that cannot be read points to the beginning, for there nothing is missed. */
export function placeOf(cursor: string): ChangePlace {
  const [, time, offset, shown] = CURSOR.exec(cursor) ?? [];
  if (time === undefined) return THE_BEGINNING;
  const pairs = (shown ?? '').split(' ').filter((pair) => pair !== '');
  return {
    time,
    offset: Number(offset),
    shown: new Map(pairs.map((pair) => [pair.slice(0, pair.indexOf(':')), pair.slice(-8)])),
  };
}

function changeTimeOf(ticket: TicketSnapshot): string {
  return ticket.changedAt.slice(0, ticket.changedAt.indexOf(' '));
}

function markOf(ticket: TicketSnapshot): string {
  return createHash('sha256').update(ticket.changedAt).digest('base64url').slice(0, 8);
}
