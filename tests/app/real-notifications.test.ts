import request from 'supertest';
import { recordedBodies, recordedHeaders, recordedVersions } from '../support/alertmanager/recorded.js';
import { startApp, type RunningApp } from '../support/app/running-app.js';

const VERSIONS = recordedVersions();

interface Story {
  /** Names of recordings, one after the other. */
  readonly heard: readonly string[];
  /** How many alerts each of them has. */
  readonly accepted: number;
  readonly tree: readonly string[];
  /** How many notes each ticket has; none where this is left out. */
  readonly notes?: readonly number[];
}

const STORIES: readonly Story[] = [
  {
    heard: ['firing', 'repeat'],
    accepted: 1,
    tree: ['[Alert] HostDown instance:web-1:9100 (6/16 11:46) open'],
  },
  {
    heard: ['firing', 'resolved', 'resolved'],
    accepted: 1,
    tree: ['[Alert] HostDown instance:web-1:9100 (6/16 11:46) closed'],
    notes: [1],
  },
  {
    heard: ['group', 'mixed'],
    accepted: 2,
    tree: [
      '[Alert] LinkDown instance:sw-1 (6/16 11:46) open',
      '└─ [Alert] LinkDown instance:sw-2 (6/16 11:46) open',
    ],
    notes: [1, 0], // the first is over, and stays open for the other
  },
  // A resolved for what was never heard of makes no ticket.
  { heard: ['mixed'], accepted: 2, tree: ['[Alert] LinkDown instance:sw-2 (6/16 11:46) open'] },
  {
    heard: ['truncated'],
    accepted: 2,
    tree: [
      '[Alert] DiskFull instance:db-1 (6/16 11:46) open',
      '└─ [Alert] DiskFull instance:db-2 (6/16 11:46) open',
    ],
  },
  {
    heard: ['two-names'],
    accepted: 2,
    tree: [
      '[Alert] PingFailed instance:gw-1 (6/16 11:46) open',
      '[Alert] RouteLost instance:gw-2 (6/16 11:46) open',
    ],
  },
  {
    heard: ['odd-names'],
    accepted: 1,
    tree: ['[Alert] OddNames instance:web-1:9100 (6/16 11:46) open'],
  },
  {
    heard: ['utf8-names'],
    accepted: 1,
    tree: ['[Alert] Utf8Names instance:web-1:9100 (6/16 11:46) open'],
  },
];

interface SentAlert {
  readonly status: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly fingerprint: string;
}

interface ShownTicket {
  readonly episode: object;
  readonly children?: readonly ShownTicket[];
}

describe('a notification recorded from a real Alertmanager', () => {
  let app: RunningApp;
  beforeEach(async () => {
    app = await startApp();
  });
  afterEach(() => app.dispose());

  /** Sends a recording as it came, and resolves when all that follows from it is done. */
  async function hear(version: string, name: string): Promise<unknown> {
    const post = request(app.baseUrl).post('/webhook').set(recordedHeaders(version));
    const response = await post.send(recordedBodies(version).get(name)).expect(200);
    await app.quiet();
    return response.body;
  }

  const episodes = async (): Promise<readonly object[]> => {
    const { body } = await app.get('/api/v1/ticket-groups').expect(200);
    const { groups } = body as { groups: readonly { tickets: readonly ShownTicket[] }[] };
    const roots = groups.flatMap(({ tickets }) => tickets);
    return roots.flatMap((root) => [root, ...(root.children ?? [])]).map(({ episode }) => episode);
  };

  const cases = VERSIONS.flatMap((version) =>
    STORIES.filter(({ heard }) => heard.every((name) => recordedBodies(version).has(name))).map((story) => ({
      version,
      ...story,
    })),
  );
  test.each(cases)('is taken and told in tickets: $version $heard', async ({ version, heard, ...then }) => {
    for (const name of heard)
      expect(await hear(version, name)).toEqual({ accepted: then.accepted, rejected: [] });

    expect(app.tree()).toEqual(then.tree);
    const notes = app.tickets().map((ticket) => ticket.notes.length);
    expect(notes).toEqual(then.notes ?? then.tree.map(() => 0));
  });

  test.each(VERSIONS)('keeps every label, time and fingerprint as %s sent them', async (version) => {
    const bodies = [...recordedBodies(version)].filter(([name]) => !/mixed|repeat|resolved/.test(name));
    for (const [name] of bodies) await hear(version, name);

    const alerts = bodies.flatMap(([, body]) => (JSON.parse(body) as { alerts: SentAlert[] }).alerts);
    const sent = alerts.map(({ labels, startsAt, fingerprint }) => ({
      labels: Object.entries(labels).map(([name, value]) => ({ name, value })),
      startsAt,
      fingerprint,
    }));
    const shown = await episodes();
    expect(shown).toHaveLength(sent.length);
    expect(shown).toEqual(expect.arrayContaining(sent.map((one) => expect.objectContaining(one) as object)));
    // Not one of its names set a prototype, nor was one hidden by it.
    const names = alerts.flatMap(({ labels }) => Object.keys(labels));
    expect(names).toEqual(expect.arrayContaining(['__proto__', 'constructor', 'hasOwnProperty']));
  });

  test('is known when Alertmanager is a newer one by the time that it repeats', async () => {
    await hear(VERSIONS[0] ?? '', 'firing');
    const before = { revision: app.store.trackerRevision(), tickets: app.tickets() };

    for (const version of VERSIONS) await hear(version, 'repeat');

    expect(app.store.trackerRevision()).toBe(before.revision);
    expect(app.tickets()).toEqual(before.tickets);
  });

  test('of every version is there', () => {
    expect(VERSIONS).toEqual(['0.25', '0.28', '0.33']);
    expect(VERSIONS.filter((version) => recordedBodies(version).has('utf8-names'))).toEqual(['0.28', '0.33']);
  });
});
