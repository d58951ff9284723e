import { jest } from '@jest/globals';
import {
  startAlertmanager,
  type Alertmanager,
  type PostedAlert,
} from '../support/alertmanager/alertmanager.js';
import { startApp, startAppOn, type RunningApp } from '../support/app/running-app.js';
import { untilTrue } from '../support/app/until.js';

const RECEIVER = 'tickets.main';
const NAME = 'HostMemoryUsageHigh-Usage90%';

jest.setTimeout(120_000);

const STARTS_AT = '2026-06-16T11:46:00+09:00';

const alert = (instance: string, labels: Readonly<Record<string, string>> = {}): PostedAlert => ({
  labels: { alertname: NAME, instance, ...labels },
  startsAt: STARTS_AT,
});

/** The same alert, over as of now. */
const over = (posted: PostedAlert): PostedAlert => ({ ...posted, endsAt: new Date().toISOString() });

describe('a real Alertmanager', () => {
  let app: RunningApp;
  let alertmanager: Alertmanager;
  const running: { dispose(): Promise<void> }[] = [];
  const started = <T extends { dispose(): Promise<void> }>(one: T): T => {
    running.unshift(one);
    return one;
  };
  beforeEach(async () => {
    app = started(await startApp());
    const webhookUrl = `${app.baseUrl}/webhook`;
    alertmanager = started(await startAlertmanager({ webhookUrl, receiver: RECEIVER }));
  });
  afterEach(async () => {
    for (const one of running.splice(0)) await one.dispose();
  });

  const notifications = () => app.logger.linesOf('notification accepted');

  /** Several more notifications of what is known, and all that they might lead to. */
  async function hearRepeats(): Promise<void> {
    const before = notifications().length;
    await untilTrue('five repeats arrive', () => notifications().length >= before + 5);
    await app.quiet();
  }

  test('sees its alerts opened, grouped, kept quiet and closed', async () => {
    const [a, b] = [alert('A'), alert('B')];
    await alertmanager.post(a);
    await app.treeBecomes(`[Alert] ${NAME} instance:A (6/16 11:46) open`);
    await alertmanager.post(a, b);
    await app.treeBecomes(
      `[Alert] ${NAME} instance:A (6/16 11:46) open`,
      `└─ [Alert] ${NAME} instance:B (6/16 11:46) open`,
    );

    await app.quiet();
    const revision = app.store.trackerRevision();
    await hearRepeats();
    expect(app.store.trackerRevision()).toBe(revision);

    await alertmanager.post(over(b));
    await app.treeBecomes(
      `[Alert] ${NAME} instance:A (6/16 11:46) open`,
      `└─ [Alert] ${NAME} instance:B (6/16 11:46) closed`,
    );
    await alertmanager.post(over(a));
    await app.treeBecomes(
      `[Alert] ${NAME} instance:A (6/16 11:46) closed`,
      `└─ [Alert] ${NAME} instance:B (6/16 11:46) closed`,
    );
    await app.quiet();
    expect(app.tickets().map((ticket) => ticket.notes.length)).toEqual([1, 1]);
    expect(await alertmanager.failedNotifications()).toBe(0);
  });

  test('has its odd labels, its times and the name of its receiver kept', async () => {
    // A literal would set the prototype instead of an entry of this name.
    const odd = Object.fromEntries([
      ['__proto__', '汚染'],
      ['constructor', 'Object'],
      ['site', '東京データセンター'],
    ]);
    await alertmanager.post({ ...alert('ホスト一', odd), startsAt: '2026-06-16T02:46:00.123456789Z' });
    await app.treeBecomes(`[Alert] ${NAME} instance:ホスト一 (6/16 11:46) open`);

    const response = await app.get('/api/v1/ticket-groups').expect(200);

    const episode = {
      startsAt: '2026-06-16T02:46:00.123456789Z',
      labels: [
        { name: '__proto__', value: '汚染' },
        { name: 'alertname', value: NAME },
        { name: 'constructor', value: 'Object' },
        { name: 'instance', value: 'ホスト一' },
        { name: 'site', value: '東京データセンター' },
      ],
      fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
    };
    expect(response.body).toMatchObject({
      total: 1,
      groups: [{ source: 'default', tickets: [{ episode }] }],
    });
    expect(app.tickets()[0]?.description).toMatch(/__proto__.*汚染[\s\S]*site.*東京データセンター/);
    // Alertmanager sends the name of a receiver as a regular expression.
    expect(notifications()[0]?.fields).toMatchObject({
      receiver: 'tickets\\.main',
      accepted: 1,
      rejected: 0,
    });
  });

  test('tells what it could not while Alertree was down', async () => {
    const [a, b] = [alert('A'), alert('B')];
    await alertmanager.post(a);
    await app.treeBecomes(`[Alert] ${NAME} instance:A (6/16 11:46) open`);
    await app.stop();
    await alertmanager.post(over(a), b);
    await untilTrue('a notification fails', async () => (await alertmanager.failedNotifications()) > 0);

    const { dataDir, port } = app.place;
    app = started(await startAppOn(dataDir, { ALERTREE_LISTEN: `127.0.0.1:${port}` }));

    await app.treeBecomes(
      `[Alert] ${NAME} instance:A (6/16 11:46) open`,
      `└─ [Alert] ${NAME} instance:B (6/16 11:46) open`,
    );
    await alertmanager.post(over(b));
    await app.treeBecomes(
      `[Alert] ${NAME} instance:A (6/16 11:46) closed`,
      `└─ [Alert] ${NAME} instance:B (6/16 11:46) closed`,
    );
  });

  test('has each group of its own made a tree of its own', async () => {
    const other = { labels: { alertname: 'Server ICMP-Check', instance: 'A' }, startsAt: STARTS_AT };

    await alertmanager.post(alert('A'), other);

    await untilTrue('there are two trees', () => app.tickets().length === 2);
    expect(app.tree().toSorted()).toEqual([
      `[Alert] ${NAME} instance:A (6/16 11:46) open`,
      '[Alert] Server ICMP-Check instance:A (6/16 11:46) open',
    ]);
  });
});
