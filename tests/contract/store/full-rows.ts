import type { NameValue } from '../../../src/domain/alert/label-set.js';
import type { GroupKey } from '../../../src/domain/route/group-key.js';
import type { Episode } from '../../../src/domain/ticket-group/episode.js';
import type { GroupHead } from '../../../src/domain/ticket-group/group-head.js';
import type { Ticket } from '../../../src/domain/ticket-group/ticket.js';
import { instantFromMillis, parseInstant } from '../../../src/domain/time/instant.js';
import { aHead } from '../../support/builders/rows.js';

// Rows with every field set, each field to a value that no other has, so that a mix-up shows.

export const NOW = 1_790_000_000_123;
export const NANOS = parseInstant('2026-06-16T02:46:00.123456789Z') ?? instantFromMillis(0);
export const ODD_PAIRS: readonly NameValue[] = [
  ['__proto__', 'polluted'],
  ['constructor', 'x'],
  ['toString', ''],
  ['ホスト', '監視サーバー 🔥'],
  ['quotes', `'"\\;--`],
  ['control', 'a\u0000b\nc'],
];
export const KEY: GroupKey = { source: '本番', route: 'default', values: ODD_PAIRS };

export const FULL_HEAD: GroupHead = {
  ...aHead({
    id: 'full',
    groupKey: 'key',
    instance: 'redmine https://x/ infra',
    openedAt: NOW,
    acceptsUntil: NOW + 1,
  }),
  accepting: false,
  endedBy: 'reopen-refused',
  concluding: true,
  summary: true,
  rootKey: 'ticket-full',
  rootOpenedAt: NOW + 2,
  previousGroupId: 'group-1',
  firstEpisodeId: 'episode-full',
  nextOrdinal: 3,
  placed: 4,
  folded: 5,
  foldedTold: 6,
  firing: 7,
  openChildren: 8,
  accountNo: 9,
  accountedNo: 10,
  rootOverTold: true,
  revision: 11,
  attempts: 12,
  retryAt: NOW + 13,
  dueAt: NOW + 14,
};

export const FULL_EPISODE: Episode = {
  id: 'episode-full',
  alertId: 'a'.repeat(64),
  groupId: 'full',
  ordinal: 2,
  state: 'held',
  startsAt: NANOS,
  newestStartsAt: instantFromMillis(NOW),
  endsAt: instantFromMillis(NOW + 1),
  holdUntil: NOW + 2,
  firings: 3,
  doubtful: true,
  folded: true,
  ticketKey: 'ticket-full',
  accountNo: 4,
  endedTogether: 5,
  flappingTold: true,
  presumedSince: NOW + 3,
  leftBehind: true,
  content: {
    source: '本番',
    labels: ODD_PAIRS,
    annotations: ODD_PAIRS,
    generatorUrl: 'http://p/g',
    externalUrl: null,
    fingerprint: 'ff',
  },
};

export const FULL_TICKET: Ticket = {
  key: 'ticket-full',
  groupId: 'full',
  ordinal: 2,
  episodeId: 'episode-full',
  alertId: 'a'.repeat(64),
  wanted: 'closed',
  wantedSince: NOW + 10,
  reference: '4711',
  seen: 'resolved',
  seenAt: NOW,
  written: 'open',
  writtenAt: NOW + 1,
  writeNumber: 3,
  intent: {
    kind: 'update',
    status: 'closed',
    noteIds: ['n1', 'n2'],
    accountTo: 4,
    foldedTo: 5,
    at: NOW,
    askAt: NOW + 6,
  },
  refused: {
    status: 'closed',
    causes: ['a subtask is open', '子チケット'],
    changedAt: '2026-06-16T02:46:00Z',
    askedAt: NOW + 7,
  },
  personal: true,
  parked: { reason: 'forbidden', remedy: 'give the key the right to edit' },
  attempts: 7,
  retryAt: NOW + 8,
  copies: [
    { reference: '4712', state: 'left', attempts: 0, retryAt: 0 },
    { reference: '4713', state: 'found', attempts: 2, retryAt: NOW + 11 },
  ],
  workAt: NOW + 9,
};
