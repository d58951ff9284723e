import request from 'supertest';
import { instantFromMillis } from '../../../../src/domain/time/instant.js';
import { aGroup, aHead, aNote, anEpisode, aRefusal, aTicket, labelsOf, MORNING } from './a-group.js';
import { aHttpApp } from './http-fakes.js';

describe('the list of ticket groups', () => {
  test('shows fifty groups a page, newest first as the store gives them', async () => {
    const { app, queries } = aHttpApp();
    queries.groups = [aGroup()];
    queries.total = 51;

    const response = await request(app).get('/api/v1/ticket-groups?state=open&page=2');

    expect(response.status).toBe(200);
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.body).toMatchObject({ total: 51, page: 2, perPage: 50, groups: [{ id: 'group1' }] });
    expect(queries.asked).toEqual([{ filter: 'open', page: 2, perPage: 50, search: [] }]);
  });

  test.each([
    'state=broken',
    'state=',
    'state=open&state=closed',
    'page=0',
    'page=-1',
    'page=1.5',
    'page=x',
    'page=',
    'q=a&q=b',
    `q=${'x'.repeat(201)}`,
  ])('refuses %s', async (query) => {
    const { app, queries } = aHttpApp();

    const response = await request(app).get(`/api/v1/ticket-groups?${query}`);

    expect(response.status).toBe(400);
    expect(response.body).toEqual({ error: expect.stringMatching(/^"(state|page|q)" must /) });
    expect(queries.asked).toEqual([]);
  });

  test.each([
    ['q=Memory%20%20instance:A%0A', { filter: null, search: ['Memory', 'instance:A'] }],
    ['q=%E3%80%80%E6%AE%8B%E9%87%8F%00x&state=closed', { filter: 'closed', search: ['残量', 'x'] }],
    ['q=&state=all', { filter: null, search: [] }],
  ])('is searched by words: %s', async (query, expected) => {
    const { app, queries } = aHttpApp();

    await request(app).get(`/api/v1/ticket-groups?${query}`).expect(200);

    expect(queries.asked).toEqual([{ ...expected, page: 1, perPage: 50 }]);
  });

  test('tells beside the groups what whoever looks must know', async () => {
    const { app } = aHttpApp({ notices: () => [{ kind: 'unreachable', said: 'Redmine answered 502.' }] });

    const response = await request(app).get('/api/v1/ticket-groups');

    const text = 'Redmine answered 502. Alerts are accepted; it is tried again.';
    expect(response.body).toMatchObject({ notices: [{ title: 'Tickets wait.', text }] });
  });

  test('is for reading only', async () => {
    const { app } = aHttpApp();

    const response = await request(app).post('/api/v1/ticket-groups');

    expect(response.status).toBe(405);
  });
});

describe('one ticket group', () => {
  test('is answered with 404 and JSON when there is none', async () => {
    const { app } = aHttpApp();

    const response = await request(app).get('/api/v1/ticket-groups/unknown');

    expect(response.status).toBe(404);
    expect(response.body).toEqual({ error: 'there is no ticket group with this id' });
  });

  test('says everything about itself and its tickets', async () => {
    const { app, queries } = aHttpApp();
    const parked = { reason: 'the project is closed', remedy: 'open it' };
    const refused = aRefusal(['a subtask is open']);
    const labels = [['__proto__', 'kept'] as const, ...labelsOf('B')];
    const ended = { state: 'ended', endsAt: instantFromMillis(MORNING + 60_000) } as const;
    queries.groups = [
      aGroup({
        head: aHead({ placed: 2, firing: 2, folded: 1, openChildren: 1 }),
        tickets: [
          aTicket({
            key: 'ticket2',
            ordinal: 2,
            episodeId: 'episode2',
            reference: '102',
            parked,
            personal: true,
          }),
          aTicket({ refused, wanted: 'closed' }),
        ],
        episodes: [
          anEpisode(),
          anEpisode({ id: 'episode2', labels, state: 'settled', doubtful: true, firings: 3 }),
          anEpisode({ id: 'episode3', folded: true, ticketKey: null, ...ended }),
        ],
        notes: [aNote()],
        events: [
          {
            groupId: 'group1',
            at: MORNING + 5_000,
            kind: 'ticket-parked',
            ticketKey: 'ticket2',
            reason: 'closed',
          },
          { groupId: 'group1', at: MORNING, kind: 'group-opened', ticketKey: null, reason: null },
        ],
      }),
    ];

    const response = await request(app).get('/api/v1/ticket-groups/group1');

    expect(response.body).toMatchObject({
      id: 'group1',
      source: 'default',
      route: 'default',
      groupLabels: [{ name: 'alertname', value: 'HostMemoryUsageHigh' }],
      state: 'open',
      parked: true,
      openedAt: '2026-06-16T02:46:00.000Z',
      acceptsMembers: true,
      acceptsUntil: '2026-06-18T02:46:00.000Z',
      endedBy: null,
      counts: { firing: 2, placed: 2, folded: 1, openChildren: 1, settledButFiring: 1, doubtful: 1 },
      root: 'ticket1',
      tickets: [
        {
          key: 'ticket1',
          reference: '101',
          url: 'http://tickets.test/embedded/101',
          isRoot: true,
          wanted: 'closed',
          seen: 'open',
          standing: 'open',
          refused: { status: 'closed', causes: ['a subtask is open'] },
          notes: [
            { kind: 'root-over', state: 'sent', text: 'This alert is over, others of the group fire.' },
          ],
          episode: {
            id: 'episode1',
            state: 'firing',
            startsAt: '2026-06-16T02:46:00.000000000Z',
            endsAt: null,
          },
          children: [
            {
              key: 'ticket2',
              isRoot: false,
              parked,
              decidedByPerson: true,
              episode: { state: 'settled', doubtful: true, firings: 3, labels: toObjects(labels) },
              children: [],
            },
          ],
        },
      ],
      episodesWithoutTicket: [{ id: 'episode3', folded: true, endsAt: '2026-06-16T02:47:00.000000000Z' }],
      history: [
        { at: '2026-06-16T02:46:00.000Z', kind: 'group-opened', ticket: null, reason: null },
        { at: '2026-06-16T02:46:05.000Z', kind: 'ticket-parked', ticket: 'ticket2', reason: 'closed' },
      ],
    });
  });

  test.each([
    ['a member fires', { firing: 1 }, 'closed', 'open'],
    ['a child stands open', { firing: 0, openChildren: 1 }, 'closed', 'open'],
    ['its root stands open', { firing: 0 }, 'open', 'open'],
    ['its root is to be created and closed', { firing: 0 }, 'absent', 'open'],
    ['nothing fires and nothing stands open', { firing: 0 }, 'closed', 'closed'],
  ] as const)('is open or closed by what it holds: %s', async (_what, counts, seen, state) => {
    const { app, queries } = aHttpApp();
    queries.groups = [
      aGroup({
        head: aHead(counts),
        tickets: [aTicket({ seen, wanted: 'closed', reference: seen === 'absent' ? null : '101' })],
      }),
    ];

    const response = await request(app).get('/api/v1/ticket-groups/group1');

    expect(response.body).toMatchObject({ state });
  });

  test('lists its tickets side by side while no root is fixed', async () => {
    const { app, queries } = aHttpApp();
    const tickets = [aTicket(), aTicket({ key: 'ticket2', ordinal: 2 })];
    queries.groups = [aGroup({ head: aHead({ rootKey: null, acceptsUntil: null }), tickets })];

    const response = await request(app).get('/api/v1/ticket-groups/group1');

    expect(response.body).toMatchObject({
      root: null,
      acceptsUntil: null,
      tickets: [
        { key: 'ticket1', isRoot: false, children: [] },
        { key: 'ticket2', isRoot: false, children: [] },
      ],
    });
  });
});

function toObjects(labels: readonly (readonly [string, string])[]) {
  return labels.map(([name, value]) => ({ name, value }));
}
