import request from 'supertest';
import { instantFromMillis } from '../../../../src/domain/time/instant.js';
import { aGroup, aHead, anEpisode, aTicket, MORNING } from './a-group.js';
import { aHttpApp } from './http-fakes.js';

const HOUR_MS = 3_600_000;

describe('the list on the page', () => {
  test('shows what is open unless another state is asked for', async () => {
    const { app, queries } = aHttpApp();

    for (const path of ['/', '/?state=open', '/?state=all', '/?state=parked&page=3'])
      await request(app).get(path).expect(200);

    expect(queries.asked.map(({ filter, page }) => [filter, page])).toEqual([
      ['open', 1],
      ['open', 1],
      [null, 1],
      ['parked', 3],
    ]);
  });

  test('keeps what is searched for in the links to states and pages, and the state in the form', async () => {
    const { app, queries } = aHttpApp();
    queries.total = 120;

    const page = await request(app).get('/?state=closed&q=90%25+%22A%26B%22&page=2');

    expect(queries.asked).toEqual([{ filter: 'closed', page: 2, perPage: 50, search: ['90%', '"A&B"'] }]);
    const search = 'q=90%25+%22A%26B%22';
    for (const address of [
      `/?${search}`,
      `/?state=all&amp;${search}`,
      `/?state=closed&amp;${search}&amp;page=3`,
      '/?state=closed',
    ])
      expect(page.text).toContain(`<a href="${address}">`);
    expect(page.text).toContain('<input type="hidden" name="state" value="closed" />');
    expect(page.text).toContain('name="q" value="90% &quot;A&amp;B&quot;"');
    expect(page.text.replace(/\s+/g, ' ')).toContain(
      '120 closed ticket groups <bdi>with “90% &quot;A&amp;B&quot;”</bdi>',
    );
  });

  test('shows the way to all groups where there are none in the state', async () => {
    const { app } = aHttpApp();

    const page = await request(app).get('/?state=parked&q=x');

    expect(page.text).toContain('No parked ticket group <bdi>with “x”</bdi>');
    expect(page.text).toContain('<a href="/?state=all&amp;q=x">Show all ticket groups</a>');
  });

  test('says at once since when something fires and links to its ticket', async () => {
    const { app, queries } = aHttpApp({ clock: { now: () => MORNING + 26 * HOUR_MS } });
    queries.groups = [
      aGroup({
        tickets: [aTicket(), aTicket({ key: 'ticket2', ordinal: 2, episodeId: 'episode2', reference: null })],
        episodes: [
          anEpisode({ state: 'ended', startsAt: instantFromMillis(MORNING - HOUR_MS) }),
          anEpisode({ id: 'episode2', startsAt: instantFromMillis(MORNING + HOUR_MS / 2) }),
        ],
      }),
    ];

    const { text } = await request(app).get('/');

    const glance = /<p class="glance">(.*?)<\/p>/s.exec(text)?.[1] ?? '';
    expect(glance.replaceAll(/<[^>]*>/g, '')).toBe(
      'Firing since 2026-06-16 12:16:00 (1 d 1 h) · Ticket #101',
    );
    expect(glance).toContain('<a href="http://tickets.test/embedded/101" rel="noreferrer noopener">');
  });

  test.each([
    ['no ticket has an address', { ticketUrl: () => null }],
    ['an address is none of the web', { ticketUrl: () => 'javascript:alert(1)' }],
  ])('shows the number of a ticket without a link where %s', async (_where, parts) => {
    const { app, queries } = aHttpApp(parts);
    queries.groups = [aGroup()];

    const { text } = await request(app).get('/');

    expect(text).toContain('<strong><bdi>#101</bdi></strong>');
  });

  test('names no ticket before there is one', async () => {
    const { app, queries } = aHttpApp();
    const absent = { reference: null, seen: 'absent' } as const;
    queries.groups = [
      aGroup({
        head: aHead({ placed: 2 }),
        tickets: [aTicket(absent), aTicket({ ...absent, key: 'ticket2', ordinal: 2 })],
        events: [
          { groupId: 'group1', at: MORNING, kind: 'ticket-parked', ticketKey: 'ticket1', reason: 'Why.' },
        ],
      }),
    ];

    const { text } = await request(app).get('/');

    expect(text).not.toMatch(/with a ticket|· Ticket/);
    expect(text).toMatch(/ticket parked\s+<bdi lang="en">Why\.<\/bdi>/);
  });

  test('counts all members of a group, however few of them are listed', async () => {
    const { app, queries } = aHttpApp();
    const counts = {
      held: 70,
      settled: 3,
      doubtful: 65,
      firingSince: instantFromMillis(MORNING - HOUR_MS),
      withoutTicket: 500,
      tickets: 90,
      unopened: 80,
    };
    const episodes = [anEpisode(), anEpisode({ id: 'folded', folded: true, ticketKey: null })];
    queries.groups = [aGroup({ head: aHead({ firing: 100, placed: 90 }), episodes, counts })];

    const { text } = await request(app).get('/');
    const words = text.replaceAll(/<[^>]*>/g, '').replaceAll(/\s+/g, ' ');

    expect(words).toContain('30 firing 70 ended, held open 3 settled but firing 65 doubtful open 10 with');
    expect(words).toContain('Firing since 2026-06-16 10:46:00');
    expect(words).toContain('Without a ticket of their own: 500');
    expect(words).toContain('and 499 more, in the API');
    expect(words).toContain('and 89 more, in the API');
  });

  test('counts a member whose end does not count yet as held, not as firing', async () => {
    const { app, queries } = aHttpApp();
    queries.groups = [aGroup({ head: aHead({ firing: 1 }), episodes: [anEpisode({ state: 'held' })] })];

    const { text } = await request(app).get('/');

    expect(text).toContain('class="group warn"');
    expect(text).toContain('1 ended, held open');
    expect(text).not.toContain('1 firing');
  });
});

describe('the refresh of the page', () => {
  test('is answered with 304 and the time while nothing changes, and in full when something does', async () => {
    let now = MORNING;
    const { app, queries } = aHttpApp({ clock: { now: () => now } });
    queries.groups = [aGroup()];
    const first = await request(app).get('/');
    const again = () =>
      request(app)
        .get('/')
        .set('If-None-Match', first.headers['etag'] ?? '');

    now += 5_000;
    const same = await again();
    queries.groups = [];
    const other = await again();

    expect(first.headers['alertree-as-of']).toBe('2026-06-16 11:46:00');
    expect([same.status, same.text, same.headers['alertree-as-of']]).toEqual([
      304,
      '',
      '2026-06-16 11:46:05',
    ]);
    expect(other.status).toBe(200);
    expect(other.headers['etag']).not.toBe(first.headers['etag']);
  });

  test('tells languages apart', async () => {
    const { app } = aHttpApp();

    const english = await request(app).get('/');
    const japanese = await request(app).get('/').set('Accept-Language', 'ja');

    expect(english.headers['etag']).not.toBe(japanese.headers['etag']);
    expect(english.headers['vary']).toContain('Accept-Language');
  });
});
