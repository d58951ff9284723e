import type { GroupDetails, MemberCounts } from '../../../../src/application/ports/ticket-group-queries.js';
import type { NameValue } from '../../../../src/domain/alert/label-set.js';
import type { Episode } from '../../../../src/domain/ticket-group/episode.js';
import { newGroupHead, type GroupHead } from '../../../../src/domain/ticket-group/group-head.js';
import { newTicket, type Refusal, type Ticket } from '../../../../src/domain/ticket-group/ticket.js';
import type { TicketNote } from '../../../../src/domain/ticket-group/ticket-note.js';
import { instantFromMillis } from '../../../../src/domain/time/instant.js';

/** 16 June 2026, 02:46 in UTC, 11:46 in Tokyo. */
export const MORNING = Date.UTC(2026, 5, 16, 2, 46);

export function aHead(changes: Partial<GroupHead> = {}): GroupHead {
  const head = newGroupHead({
    id: 'group1',
    groupKey: 'hash',
    instance: 'embedded',
    openedAt: MORNING,
    acceptsUntil: MORNING + 48 * 3_600_000,
    summary: false,
    previousGroupId: null,
  });
  return { ...head, rootKey: 'ticket1', rootOpenedAt: MORNING, placed: 1, firing: 1, ...changes };
}

export function anEpisode(
  changes: Partial<Episode> & { readonly labels?: readonly NameValue[] } = {},
): Episode {
  const { labels = labelsOf('A'), ...rest } = changes;
  return {
    id: 'episode1',
    alertId: 'alert1',
    groupId: 'group1',
    ordinal: 1,
    state: 'firing',
    startsAt: instantFromMillis(MORNING),
    newestStartsAt: instantFromMillis(MORNING),
    endsAt: null,
    holdUntil: null,
    firings: 1,
    doubtful: false,
    folded: false,
    ticketKey: 'ticket1',
    accountNo: null,
    endedTogether: 0,
    flappingTold: false,
    presumedSince: null,
    leftBehind: false,
    content: {
      source: 'default',
      labels,
      annotations: [['summary', 'Memory is nearly full']],
      generatorUrl: 'http://prometheus.example/graph?g0.expr=up',
      externalUrl: null,
      fingerprint: 'c2a57ae6e59efbf0',
    },
    ...rest,
  };
}

export function labelsOf(instance: string): readonly NameValue[] {
  return [
    ['alertname', 'HostMemoryUsageHigh'],
    ['instance', instance],
    ['severity', 'warning'],
  ];
}

export function aTicket(changes: Partial<Ticket> = {}): Ticket {
  const ticket = newTicket({
    key: 'ticket1',
    groupId: 'group1',
    ordinal: 1,
    episodeId: 'episode1',
    alertId: 'alert1',
  });
  return { ...ticket, reference: '101', seen: 'open', seenAt: MORNING, workAt: null, ...changes };
}

/** A close that the backend took without closing. */
export function aRefusal(causes: readonly string[]): Refusal {
  return { status: 'closed', causes, changedAt: '1', askedAt: MORNING };
}

export function aNote(changes: Partial<TicketNote> = {}): TicketNote {
  return {
    id: 'note1',
    groupId: 'group1',
    ticketKey: 'ticket1',
    fact: { kind: 'root-over' },
    notBefore: 0,
    state: 'sent',
    text: 'This alert is over, others of the group fire.',
    createdAt: MORNING,
    ...changes,
  };
}

/** Those of a group of which all members are given. */
export function countsOf({
  episodes = [anEpisode()],
  tickets = [aTicket()],
}: Partial<GroupDetails>): MemberCounts {
  const number = (isOne: (episode: Episode) => boolean): number => episodes.filter(isOne).length;
  const firing = episodes.filter(({ state }) => state === 'firing' || state === 'settled');
  return {
    held: number(({ state }) => state === 'held'),
    settled: number(({ state }) => state === 'settled'),
    doubtful: number(({ doubtful, state }) => doubtful && state !== 'ended'),
    firingSince: firing.map(({ startsAt }) => startsAt).toSorted()[0] ?? null,
    withoutTicket: number(({ ticketKey }) => ticketKey === null),
    tickets: tickets.length,
    unopened: tickets.filter(({ reference }) => reference === null).length,
  };
}

export function aGroup(changes: Partial<GroupDetails> = {}): GroupDetails {
  return {
    head: aHead(),
    key: { source: 'default', route: 'default', values: [['alertname', 'HostMemoryUsageHigh']] },
    counts: countsOf(changes),
    tickets: [aTicket()],
    episodes: [anEpisode()],
    notes: [],
    events: [],
    ...changes,
  };
}
