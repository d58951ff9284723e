import request from 'supertest';
import { instantFromMillis } from '../../../../src/domain/time/instant.js';
import { aHead, aNote, anEpisode, aRefusal, aTicket, labelsOf, MORNING } from './a-group.js';
import { aHttpApp } from './http-fakes.js';
import { pageOf, wordsOf } from './the-page.js';

const HOSTILE = `"><script>alert(1)</script><img src=x onerror='alert(2)'>`;

describe('the page', () => {
  test('loads and runs nothing but its own style and script and cannot be framed', async () => {
    const { app } = aHttpApp();

    const response = await request(app).get('/');

    expect(response.headers['content-security-policy']?.split(';').toSorted()).toEqual([
      "base-uri 'none'",
      "connect-src 'self'",
      "default-src 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      "img-src 'self' data:",
      "script-src 'self'",
      "style-src 'self'",
    ]);
    expect(response.headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    expect(response.headers['x-powered-by']).toBeUndefined();
    expect(response.headers['strict-transport-security']).toBeUndefined();
    expect(response.text.match(/<script.*/g)).toEqual([
      '<script type="module" src="/assets/alertree.js"></script>',
    ]);
    expect(response.text).not.toMatch(/<style|\sstyle=|\son\w+=/);
  });

  test('has its style and its script in files of their own, for light and dark', async () => {
    const { app } = aHttpApp();

    const page = await request(app).get('/');
    const style = await request(app).get('/assets/alertree.css');

    expect(page.text).toContain('href="/assets/alertree.css"');
    expect([style.status, style.type]).toEqual([200, 'text/css']);
    expect(style.text).toContain('prefers-color-scheme: dark');
    const script = await request(app).get('/assets/alertree.js');
    expect([script.status, script.type]).toEqual([200, 'text/javascript']);
  });

  test('shows a group with its tickets as a tree, times in the configured zone', async () => {
    const second = { key: 'ticket2', ordinal: 2, episodeId: 'episode2', reference: '102' };
    const group = {
      tickets: [aTicket(), aTicket({ ...second, seen: 'closed', wanted: 'closed' })],
      episodes: [
        anEpisode({ firings: 2 }),
        anEpisode({
          id: 'episode2',
          content: { ...anEpisode().content, labels: labelsOf('B') },
          state: 'ended',
          endsAt: instantFromMillis(MORNING + 90_000),
        }),
      ],
    };

    const words = await wordsOf([group]);
    const markup = await pageOf([group]);

    expect(words).toContain('1 open ticket group');
    expect(words).toContain('HostMemoryUsageHigh 1 firing open');
    expect(words).toContain('#101 open HostMemoryUsageHigh instance:A severity:warning firing fired 2 times');
    expect(words).toContain('since 2026-06-16 11:46:00 (less than a minute)');
    expect(words).toContain('#102 closed HostMemoryUsageHigh instance:B severity:warning');
    expect(words).toContain('2026-06-16 11:46:00 to 2026-06-16 11:47:30');
    expect(words).toContain('times in Asia/Tokyo');
    expect(markup).toContain('<time datetime="2026-06-16T02:46:00.000Z">2026-06-16 11:46:00</time>');
    expect(markup).toMatch(/<li id="ticket-ticket1">.*#101.*<ul>.*<li id="ticket-ticket2">.*#102/);
  });

  test('lets no text of an alert leave its place as markup', async () => {
    const labels = [['alertname', HOSTILE] as const, [HOSTILE, HOSTILE] as const];
    const content = {
      source: HOSTILE,
      labels,
      annotations: labels,
      generatorUrl: HOSTILE,
      externalUrl: HOSTILE,
      fingerprint: HOSTILE,
    };
    const parked = { reason: HOSTILE, remedy: HOSTILE };
    const refused = aRefusal([HOSTILE]);

    const markup = await pageOf(
      [
        {
          key: { source: HOSTILE, route: HOSTILE, values: labels },
          tickets: [aTicket({ parked, refused, reference: HOSTILE })],
          episodes: [anEpisode({ content }), anEpisode({ id: 'other', content })],
          notes: [aNote({ text: HOSTILE })],
          events: [
            { groupId: 'group1', at: MORNING, kind: 'ticket-parked', ticketKey: null, reason: HOSTILE },
          ],
        },
      ],
      { notices: () => [{ kind: 'parked', said: HOSTILE }] },
    );

    expect(markup).not.toMatch(/<script(?! type="module" src="\/assets\/alertree.js"><)|<img/);
    expect(markup.match(/&lt;script&gt;/g)?.length).toBeGreaterThan(10);
  });

  test.each([
    ['http://prometheus.example/graph?a=1&b="2"', 'href="http://prometheus.example/graph?a=1&amp;b=%222%22"'],
    ['javascript:alert(1)', null],
    ['data:text/html,x', null],
    ['', null],
  ])('links to where an alert comes from only when that is a web address: %s', async (generatorUrl, link) => {
    const markup = await pageOf([
      { episodes: [anEpisode({ content: { ...anEpisode().content, generatorUrl } })] },
    ]);

    if (link === null) expect(markup).not.toContain('Graph');
    else expect(markup).toContain(link);
  });

  test('says loudly that the embedded tracker is in use, and nothing when it is not', async () => {
    const loud = await wordsOf([], {
      notices: () => [{ kind: 'embedded', said: '' }],
    });
    const silent = await wordsOf([]);

    expect(loud).toContain('Embedded tracker in use. No REDMINE_URL is set');
    expect(silent).not.toContain('Embedded tracker');
    expect(silent).toContain('No open ticket group');
  });

  test('marks what is settled but firing, doubtful, folded, parked or refused', async () => {
    const words = await wordsOf([
      {
        head: aHead({ folded: 7, endedBy: 'cap', accepting: false }),
        tickets: [
          aTicket({
            parked: { reason: 'The key is wrong.', remedy: 'Set REDMINE_API_KEY.' },
            refused: aRefusal(['a subtask is open']),
          }),
        ],
        episodes: [
          anEpisode({ state: 'settled', doubtful: true }),
          anEpisode({ id: 'other', folded: true, state: 'held', ticketKey: null }),
        ],
      },
    ]);

    expect(words).toContain('1 ended, held open 1 settled but firing parked 1 doubtful 7 folded open');
    expect(words).toContain('takes no new members: it is full');
    expect(words).toContain('settled but firing doubtful: may be a late copy');
    expect(words).toContain('Parked: The key is wrong. Set REDMINE_API_KEY.');
    expect(words).toContain('The tracker did not close it: a subtask is open');
    expect(words).toContain('Without a ticket of their own: 1');
    expect(words).toContain('ended, held open folded');
  });

  test.each([
    [{ reference: null, seen: 'absent' }, 'No id yet to be opened'],
    [{ reference: null, seen: 'absent', wanted: 'closed' }, 'No id yet to be opened'],
    [{ reference: null, seen: 'absent', wanted: 'none' }, 'No id yet not sent'],
    [{ seen: 'open', wanted: 'closed' }, '#101 open, to be closed'],
    [{ seen: 'closed', wanted: 'open' }, '#101 closed, to be reopened'],
    [{ seen: 'closed', wanted: 'open', personal: true }, '#101 closed'],
    [{ seen: 'resolved' }, '#101 open, resolved by a person'],
    [{ seen: 'missing' }, '#101 no longer there'],
    [{ seen: 'foreign' }, '#101 taken over by a person'],
    [{ seen: 'open', written: 'closed', wanted: 'closed' }, '#101 closed'],
  ] as const)('says how a ticket stands: %j', async (ticket, expected) => {
    expect(await wordsOf([{ tickets: [aTicket(ticket)] }])).toContain(`${expected} HostMemoryUsageHigh`);
  });

  test('cuts a long list of what has no ticket, with a count', async () => {
    const folded = Array.from({ length: 60 }, (_, index) =>
      anEpisode({ id: `folded${index}`, folded: true, ticketKey: null }),
    );

    const words = await wordsOf([{ episodes: [anEpisode(), ...folded] }]);

    expect(words).toContain('Without a ticket of their own: 60');
    expect(words).toContain('and 10 more, in the API');
  });

  test('links to newer and older groups and keeps the state that is shown', async () => {
    const { app, queries } = aHttpApp();
    queries.total = 120;

    const first = await request(app).get('/?state=parked');
    const second = await request(app).get('/?state=parked&page=2');
    const last = await request(app).get('/?page=3');

    expect(first.text).not.toContain('Newer');
    expect(first.text).toContain('<a href="/?state=parked&amp;page=2">Older</a>');
    expect(second.text).toContain('<a href="/?state=parked">Newer</a>');
    expect(second.text).toContain('Page 2 of 3');
    expect(last.text).toContain('<a href="/?page=2">Newer</a>');
    expect(last.text).not.toContain('Older');
    expect(first.text).toContain('<a href="/?state=parked" aria-current="page">Parked</a>');
  });

  test('refuses a state and a page that do not exist with a sentence', async () => {
    const { app } = aHttpApp();

    const response = await request(app).get('/?state=everything');

    expect([response.status, response.type]).toEqual([400, 'text/plain']);
    expect(response.text).toBe('"state" must be open, closed, parked or all');
  });
});
