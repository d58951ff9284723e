import type { Age, Swept } from '../../../src/application/ports/old-records.js';
import type { GroupHead } from '../../../src/domain/ticket-group/group-head.js';
import { isUnfinished } from '../../../src/domain/ticket-group/ticket.js';
import { instantFromMillis } from '../../../src/domain/time/instant.js';
import type { MemoryTables } from './memory-tables.js';

/** All at once: nobody waits for a map. */
export function forgetGroups(tables: MemoryTables, age: Age): Swept {
  const old = tables.groups
    .all()
    .filter(({ head, leaseOwner }) => leaseOwner === null && isOld(tables, head, age));
  for (const { head } of old) {
    const alertIds = tables.episodes.by('group', head.id).map((episode) => episode.alertId);
    tables.removeGroup(head.id);
    for (const id of alertIds) forgetAlert(tables, id, age);
    if (tables.groups.by('key', head.groupKey).length === 0) tables.groupKeys.remove(head.groupKey);
  }
  return { forgotten: old.length, next: null };
}

export function forgetAlerts(tables: MemoryTables, age: Age): Swept {
  const ended = tables.alerts.all().filter((record) => record.newestEndsAt !== null);
  return { forgotten: ended.filter(({ id }) => forgetAlert(tables, id, age)).length, next: null };
}

export function forgetEvents(tables: MemoryTables, { before }: Age): Swept {
  return { forgotten: tables.removeEvents(({ at }) => at < before), next: null };
}

export function forgetDeadLetters(tables: MemoryTables, { before }: Age): Swept {
  const old = tables.deadLetters.all().filter((letter) => letter.receivedAt < before);
  for (const { id } of old) tables.deadLetters.remove(id);
  return { forgotten: old.length, next: null };
}

/** Unless an episode or a recent end needs its record. */
function forgetAlert(tables: MemoryTables, id: string, { before }: Age): boolean {
  const record = tables.alerts.get(id);
  const isRecent = (record?.newestEndsAt ?? '') >= instantFromMillis(before);
  const isKnown = tables.episodes.all().some((episode) => episode.alertId === id);
  if (record === null || isRecent || isKnown) return false;
  tables.alerts.remove(id);
  return true;
}

function isOld(tables: MemoryTables, head: GroupHead, age: Age): boolean {
  const { before, instance } = age;
  const mayTake = head.accepting && head.acceptsUntil !== null && head.acceptsUntil >= before;
  if (head.openedAt >= before || mayTake) return false;
  const leavesNothing = head.instance !== instance || !isLeftToDo(tables, head);
  return leavesNothing && !happenedSince(tables, head, age);
}

function isLeftToDo(tables: MemoryTables, head: GroupHead): boolean {
  const tickets = tables.tickets.by('group', head.id);
  const headWaits = head.firing > 0 || head.openChildren > 0 || head.concluding || head.dueAt !== null;
  return (
    headWaits ||
    tickets.some((ticket) => {
      const { intent, written, workAt, parked } = ticket;
      return isUnfinished(ticket) || [intent, written, workAt, parked].some((value) => value !== null);
    })
  );
}

function happenedSince(tables: MemoryTables, { id }: GroupHead, { before }: Age): boolean {
  const events = tables.events.by('group', id).some(({ at }) => at >= before);
  const seen = tables.tickets.by('group', id).some(({ seenAt }) => seenAt !== null && seenAt >= before);
  const episodes = tables.episodes.by('group', id).some(({ state }) => state !== 'ended');
  return events || seen || episodes;
}
