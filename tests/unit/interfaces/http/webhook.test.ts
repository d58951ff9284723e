import request from 'supertest';
import { StoreUnavailableError } from '../../../../src/application/ports/store.js';
import { aHttpApp } from './http-fakes.js';
import { ALERTMANAGER_BODY, bodyWithLabels, SEED_FIRING, SEED_RESOLVED } from './webhook-bodies.js';

const ONE_ALERT = bodyWithLabels({ alertname: 'Test', instance: 'a' });

function post(app: Parameters<typeof request>[0], path: string, body: string) {
  return request(app).post(path).set('Content-Type', 'application/json').send(body);
}

describe('the webhook', () => {
  test.each([
    ['firing', SEED_FIRING, 'Webhookテスト'],
    ['resolved', SEED_RESOLVED, 'Webhookテスト（Resolved）'],
  ])('takes the %s request of the first README as it stands there', async (status, body, summary) => {
    const { app, acceptNotification } = aHttpApp();

    const response = await post(app, '/webhook', body);

    expect(response.status).toBe(200);
    expect(response.body).toEqual({ accepted: 1, rejected: [] });
    expect(acceptNotification.accepted[0]?.alerts[0]?.alert).toEqual({
      source: 'default',
      status,
      labels: [
        ['alertname', 'Qiita_Manual_Alert'],
        ['instance', 'testhost'],
      ],
      annotations: [['summary', summary]],
      startsAt: null,
      endsAt: null,
      generatorUrl: null,
      externalUrl: null,
      fingerprint: null,
    });
  });

  test.each([
    ['/webhook', 'default'],
    ['/webhook/', 'default'],
    ['/alert', 'default'],
    ['/webhook/tokyo-1', 'tokyo-1'],
    ['/alert/A.b_c-9', 'A.b_c-9'],
    [`/alert/${'x'.repeat(64)}`, 'x'.repeat(64)],
  ])('takes notifications at %s, from the source that the path names', async (path, source) => {
    const { app, acceptNotification } = aHttpApp();

    const response = await post(app, path, ONE_ALERT);

    expect(response.status).toBe(200);
    expect(acceptNotification.accepted.map((notification) => notification.source)).toEqual([source]);
  });

  test.each(['/webhook/a%20b', '/webhook/%E6%9D%B1', `/alert/${'x'.repeat(65)}`, '/webhook/%E0%A4%A'])(
    'refuses the source in %s',
    async (path) => {
      const { app, acceptNotification } = aHttpApp();

      const response = await post(app, path, ONE_ALERT);

      expect(response.status).toBe(400);
      expect(acceptNotification.accepted).toEqual([]);
    },
  );

  test('reads the body as JSON whatever its content type says, or when there is none', async () => {
    const { app } = aHttpApp();

    const asForm = await request(app)
      .post('/webhook')
      .set('Content-Type', 'application/x-www-form-urlencoded')
      .send(ONE_ALERT);
    const asNothing = await request(app).post('/webhook').set('Content-Type', '').send(ONE_ALERT);

    expect([asForm.body, asNothing.body]).toEqual([
      { accepted: 1, rejected: [] },
      { accepted: 1, rejected: [] },
    ]);
  });

  test('answers the other methods with 405 and names the one that it takes', async () => {
    const { app } = aHttpApp();

    const response = await request(app).get('/webhook');

    expect(response.status).toBe(405);
    expect(response.headers['allow']).toBe('POST');
  });

  test('says which alerts of a body it rejected and why, and takes the others', async () => {
    const { app, acceptNotification, logger } = aHttpApp();
    const good = { status: 'firing', labels: { alertname: 'Good' } };
    const bad = { status: 'firing', labels: { alertname: 'Bad', instance: ['a'] } };

    const response = await post(app, '/webhook', JSON.stringify({ alerts: [good, bad, good] }));

    const rejected = [{ index: 1, problem: 'labels.instance must be a string' }];
    expect(response.body).toEqual({ accepted: 2, rejected });
    expect(acceptNotification.accepted[0]?.alerts.map(({ index }) => index)).toEqual([0, 2]);
    expect(acceptNotification.accepted[0]?.rejected).toEqual([{ ...rejected[0], body: JSON.stringify(bad) }]);
    expect(logger.linesOf('notification accepted in part')).toHaveLength(1);
  });

  test('rejects alone, and keeps as it was sent, an alert in which a name stands twice', async () => {
    const { app, acceptNotification } = aHttpApp();
    const twice = '{"status": "firing", "labels": {"a": "1", "a": "2"}}';

    const response = await post(
      app,
      '/webhook',
      `{"alerts": [${twice}, {"status": "firing", "labels": {"a": "1"}}]}`,
    );

    expect(response.body).toEqual({
      accepted: 1,
      rejected: [{ index: 0, problem: 'labels.a stands twice' }],
    });
    expect(acceptNotification.accepted[0]?.rejected[0]?.body).toBe(twice);
  });

  test('warns of alerts that Alertmanager left out, and says what to do', async () => {
    const { app, logger } = aHttpApp();

    await post(app, '/webhook/tokyo', JSON.stringify({ ...ALERTMANAGER_BODY, truncatedAlerts: 12 }));

    expect(logger.linesOf('Alertmanager left alerts out')).toEqual([
      {
        level: 'warn',
        message: 'Alertmanager left alerts out',
        fields: {
          source: 'tokyo',
          receiver: 'alertree',
          truncated: 12,
          remedy: 'set max_alerts: 0 in the webhook_configs of Alertmanager',
        },
      },
    ]);
  });

  test('logs one line about a notification, and nothing of what is in it', async () => {
    const { app, logger } = aHttpApp();

    await post(app, '/webhook/tokyo', JSON.stringify(ALERTMANAGER_BODY));

    expect(logger.lines).toEqual([
      {
        level: 'info',
        message: 'notification accepted',
        fields: {
          source: 'tokyo',
          receiver: 'alertree',
          accepted: 2,
          rejected: 0,
          milliseconds: expect.any(Number),
        },
      },
    ]);
  });

  test('takes ten thousand alerts in one body', async () => {
    const { app, acceptNotification } = aHttpApp();
    const [alert] = ALERTMANAGER_BODY.alerts;
    const labelled = (index: number) => ({
      ...alert,
      labels: { ...alert?.labels, instance: `host-${index}` },
    });
    const alerts = Array.from({ length: 10_000 }, (_, index) => labelled(index));

    const response = await post(app, '/webhook', JSON.stringify({ ...ALERTMANAGER_BODY, alerts }));

    expect(response.body).toEqual({ accepted: 10_000, rejected: [] });
    expect(acceptNotification.accepted[0]?.alerts).toHaveLength(10_000);
  });
});

describe('the webhook with ?wait', () => {
  test.each([
    ['created', { created: '100' }, { created: '101' }],
    ['already_exists', { already_exists: '100' }, { already_exists: '101' }],
    ['closed', { closed: '100' }, { closed: '101' }],
    ['no_open_issue', { no_open_issue: 'HostDown:web-1:9100' }, { no_open_issue: 'HostDown:web-2:9100' }],
    ['pending', { pending: 'HostDown:web-1:9100' }, { pending: 'HostDown:web-2:9100' }],
  ] as const)('adds the results in the order of the body: %s', async (outcome, first, second) => {
    const { app, awaitDelivery } = aHttpApp();
    awaitDelivery.outcome = outcome;

    const response = await post(app, '/webhook?wait=5', JSON.stringify(ALERTMANAGER_BODY));

    expect(response.body).toEqual({ accepted: 2, rejected: [], result: [first, second] });
  });

  test.each([
    ['0', 0],
    ['2.5', 2_500],
    ['30', 30_000],
    ['3600', 30_000],
  ])('waits for %s seconds, but never longer than 30', async (seconds, milliseconds) => {
    const { app, awaitDelivery } = aHttpApp();

    await post(app, `/webhook?wait=${seconds}`, ONE_ALERT);

    expect(awaitDelivery.waits).toEqual([milliseconds]);
  });

  test.each(['', 'soon', '-1', '1e3', 'NaN', '1&wait=2'])('refuses wait=%s', async (seconds) => {
    const { app, acceptNotification } = aHttpApp();

    const response = await post(app, `/webhook?wait=${seconds}`, ONE_ALERT);

    expect(response.status).toBe(400);
    expect(response.body).toEqual({ error: expect.stringContaining('"wait" must be a number of seconds') });
    expect(acceptNotification.accepted).toEqual([]);
  });

  test('calls accepted alerts pending when their delivery cannot be watched', async () => {
    const { app, awaitDelivery } = aHttpApp();
    awaitDelivery.failure = new StoreUnavailableError('disk full');

    const response = await post(app, '/webhook?wait=1', ONE_ALERT);

    expect(response.status).toBe(200);
    expect(response.body).toEqual({ accepted: 1, rejected: [], result: [{ pending: 'Test:a' }] });
  });
});
