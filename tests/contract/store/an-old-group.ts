import type { Age } from '../../../src/application/ports/old-records.js';
import type { Episode } from '../../../src/domain/ticket-group/episode.js';
import type { GroupHead } from '../../../src/domain/ticket-group/group-head.js';
import type { GroupSlice } from '../../../src/domain/ticket-group/group-slice.js';
import type { Ticket } from '../../../src/domain/ticket-group/ticket.js';
import { instantFromMillis } from '../../../src/domain/time/instant.js';
import { aGroup, aHead, aMember, aNote, anAlertRecord } from '../../support/builders/rows.js';
import type { StoreHarness } from './store-harness.js';

export const BEFORE = 1_000_000;
export const AGE: Age = { before: BEFORE, instance: 'backend' };
/** More than any test has. */
export const ALL = { after: '', rows: 1_000 };

interface Changes {
  readonly head?: Partial<GroupHead>;
  readonly episode?: Partial<Episode>;
  readonly ticket?: Partial<Ticket>;
  /** When the last thing of its history happened. */
  readonly eventAt?: number;
}

/** A group of one alert with its ticket, a note and an event, in which nothing is open and all is long over. */
export function anOldGroup(name: string, changes: Changes = {}): GroupSlice {
  const groupId = `group-${name}`;
  const { episode, ticket } = aMember(name, {
    episode: { groupId, state: 'ended', endsAt: instantFromMillis(2_000), ...changes.episode },
    ticket: { groupId, wanted: 'closed', reference: '1', seen: 'closed', seenAt: 3_000, ...changes.ticket },
  });
  const head = aHead({ id: groupId, rootKey: ticket.key, ...changes.head });
  const note = aNote({ id: `note-${name}`, groupId, ticketKey: ticket.key, state: 'sent', text: 'over' });
  const group = aGroup(head, { episodes: [episode], tickets: [ticket], notes: [note] });
  group.recordEvent('ticket-closed', changes.eventAt ?? 3_000, ticket.key, null);
  return group;
}

/** Saves groups with the records of their alerts and their keys. */
export function keep({ store }: StoreHarness, ...groups: readonly GroupSlice[]): Promise<void> {
  return store.transaction(async ({ alerts, groups: repository }) => {
    const episodes = groups.flatMap((group) => group.episodes);
    await alerts.save(
      episodes.map(({ alertId }) => anAlertRecord({ id: alertId, newestEndsAt: instantFromMillis(2_000) })),
    );
    await repository.save(groups);
    const keys = groups.map(({ head }) => [head.groupKey, { source: 's', route: 'r', values: [] }] as const);
    await repository.saveKeys(new Map(keys));
  });
}

/** Which of these groups, of their alerts and their keys are still there. */
export async function known(
  { store, queries }: StoreHarness,
  ...names: readonly string[]
): Promise<{ groups: readonly string[]; alerts: readonly string[]; keys: readonly string[] }> {
  const found = await Promise.all(names.map((name) => queries.find(`group-${name}`, 10)));
  return store.transaction(async ({ alerts, groups }) => {
    const records = await alerts.find(names.map((name) => `alert of episode-${name}`));
    const keys: string[] = [];
    for (const name of names) if ((await groups.keyOf(`key of group-${name}`)) !== null) keys.push(name);
    return {
      groups: names.filter((_, index) => found[index] !== null),
      alerts: names.filter((name) => records.has(`alert of episode-${name}`)),
      keys,
    };
  });
}
