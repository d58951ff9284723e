import type { GroupDetails } from '../../../src/application/ports/ticket-group-queries.js';
import type { Ticket } from '../../../src/domain/ticket-group/ticket.js';
import { HttpServer } from '../../../src/interfaces/http/http-server.js';
import { bodyOf, firing, on, resolved } from '../../support/app/bodies.js';
import {
  aGroup,
  aHead,
  aNote,
  anEpisode,
  aRefusal,
  aTicket,
  MORNING,
} from '../../unit/interfaces/http/a-group.js';
import { aHttpApp } from '../../unit/interfaces/http/http-fakes.js';

const MEMORY = 'HostMemoryUsageHigh-Usage90%';
const PING = 'Server ICMP-Check';

/** The trees of the first programs, many hosts and one host many times, and one that is all over. */
export const TREES: readonly string[] = [
  bodyOf(firing(MEMORY, 'A'), firing(MEMORY, 'B')),
  bodyOf(firing(MEMORY, 'D', on(16, '11:51'))),
  bodyOf(firing(PING, 'hoge', on(17, '11:23'))),
  bodyOf(resolved(PING, 'hoge', on(17, '11:40'), on(17, '11:23'))),
  bodyOf(firing(PING, 'hoge', on(17, '12:27'))),
  bodyOf(firing('ディスク残量不足', 'db-1.東京.example', on(17, '13:00'))),
  bodyOf(resolved('ディスク残量不足', 'db-1.東京.example', on(17, '13:30'), on(17, '13:00'))),
];

const MARKUP = `"><script>alert(1)</script><img src=x onerror='alert(2)'>`;

/** Names that try to be something else: markup, without an end, from right to left, made of pictures. */
export const HOSTILE: readonly string[] = [
  bodyOf({
    ...firing(MARKUP, MARKUP),
    labels: { alertname: MARKUP, instance: MARKUP, [`a${MARKUP}`]: MARKUP },
    annotations: { summary: MARKUP, runbook_url: 'javascript:alert(3)' },
    generatorURL: `http://prometheus.example/${MARKUP}`,
  }),
  bodyOf({
    ...firing('W'.repeat(400), 'w'.repeat(400)),
    annotations: { summary: 'long '.repeat(400), description: 'L'.repeat(2000) },
  }),
  bodyOf(
    firing('\u202e\u0645\u0631\u062d\u0628\u0627 abc', '\u2067rtl'),
    firing('🔥👩‍💻🇯🇵', '\u0007\u0000 bell'),
  ),
];

/** A page over groups in every state that there is, some of which take faults and people to come about. */
export async function serveEveryState(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const { app, queries } = aHttpApp({
    clock: { now: () => MORNING + 7_500_000 },
    notices: () => [
      { kind: 'parked', said: 'Redmine answered 403. Check that REDMINE_PROJECT_ID is an active project.' },
      { kind: 'unreachable', said: 'Redmine cannot be reached (ECONNREFUSED).' },
      { kind: 'unanswered', said: '' },
    ],
  });
  queries.groups = [parkedGroup(), settledGroup(), everyStanding()];
  queries.total = 120;
  const server = new HttpServer(app, { host: '127.0.0.1', port: 0 });
  const { port } = await server.start();
  return { url: `http://127.0.0.1:${port}`, stop: () => server.stop(1_000) };
}

function parkedGroup(): GroupDetails {
  const reason = 'Redmine answered 422: Assignee is invalid.';
  const parked = { reason, remedy: 'Set REDMINE_ASSIGNED_TO_ID to a member of the project.' };
  return inGroup('parked', {
    tickets: [aTicket({ reference: null, seen: 'absent', parked })],
    episodes: [anEpisode({ doubtful: true, firings: 4 })],
    events: [{ groupId: 'parked', at: MORNING, kind: 'ticket-parked', ticketKey: 'ticket1', reason }],
  });
}

function settledGroup(): GroupDetails {
  return inGroup('settled', {
    head: aHead({ firing: 0, endedBy: 'person', accepting: false }),
    tickets: [aTicket({ seen: 'closed', personal: true })],
    episodes: [anEpisode({ state: 'settled' })],
    notes: [aNote({ fact: { kind: 'settled' } }), aNote({ id: 'note2', state: 'wanted', text: null })],
  });
}

function everyStanding(): GroupDetails {
  const tickets: readonly Partial<Ticket>[] = [
    { refused: aRefusal(['#31 is open', '#32 blocks it']), wanted: 'closed' },
    { seen: 'resolved' },
    { seen: 'closed', wanted: 'closed' },
    { seen: 'closed' },
    { seen: 'missing' },
    { seen: 'foreign' },
    { seen: 'absent', reference: null },
    { seen: 'absent', reference: null, wanted: 'none' },
  ];
  return inGroup('every', {
    head: aHead({ folded: 7 }),
    tickets: tickets.map((ticket, n) => aTicket({ key: `every${n}`, ordinal: n, ...ticket })),
    episodes: [anEpisode({ state: 'held' }), anEpisode({ id: 'folded', folded: true, ticketKey: null })],
  });
}

/** Ids are those of the whole page: no two tickets or groups share one. */
function inGroup(id: string, given: Partial<GroupDetails>): GroupDetails {
  const group = aGroup(given);
  const [root] = group.tickets;
  const rename = (key: string) => `${id}-${key}`;
  return {
    ...group,
    head: { ...group.head, id, rootKey: root === undefined ? null : rename(root.key) },
    tickets: group.tickets.map((ticket) => ({ ...ticket, key: rename(ticket.key) })),
    notes: group.notes.map((note) => ({ ...note, ticketKey: rename(note.ticketKey) })),
    events: group.events.map((event) => ({
      ...event,
      ticketKey: event.ticketKey && rename(event.ticketKey),
    })),
  };
}
