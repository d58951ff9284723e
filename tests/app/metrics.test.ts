import { TOKENS } from '../../src/composition-root.tokens.js';
import { bodyOf, firing, on, resolved } from '../support/app/bodies.js';
import { startApp, type RunningApp } from '../support/app/running-app.js';
import { counted, ownSeries, seriesOf } from '../support/metrics-text.js';
import { SEED_FIRING, SEED_RESOLVED } from '../unit/interfaces/http/webhook-bodies.js';

const HOSTILE = 'Evil"} 1\nalertree_forged{x="秘密 ${jndi}';

describe('the metrics of a running Alertree', () => {
  let app: RunningApp;
  beforeEach(async () => {
    app = await startApp();
  });
  afterEach(() => app.dispose());

  const scrape = async (): Promise<string> => (await app.get('/metrics').expect(200)).text;
  const told = async () => {
    const all = Object.entries(counted(await scrape()));
    const wanted = /^alertree_(alerts|episodes|tickets|groups|oldest|mass|http)/;
    return Object.fromEntries(all.filter(([name]) => wanted.test(name)));
  };

  test('count what the two requests of the README lead to', async () => {
    await app.hear(SEED_FIRING);
    await app.hear(SEED_FIRING);
    expect(await told()).toEqual({
      'alertree_alerts_accepted_total{outcome="opened"}': 1,
      'alertree_alerts_accepted_total{outcome="known"}': 1,
      alertree_episodes_opened_total: 1,
      alertree_episodes_firing: 1,
      alertree_groups_firing: 1,
      alertree_tickets_opened_total: 1,
      'alertree_http_request_duration_seconds_count{handler="/webhook",method="POST",code="200"}': 2,
    });

    await app.hear(SEED_RESOLVED);
    await app.hear(SEED_RESOLVED);

    expect(await told()).toMatchObject({
      'alertree_alerts_accepted_total{outcome="ended"}': 1,
      'alertree_alerts_accepted_total{outcome="never_fired"}': 1,
      alertree_episodes_opened_total: 1,
      alertree_tickets_opened_total: 1,
      alertree_tickets_closed_total: 1,
    });
    expect(seriesOf(await scrape())).toMatchObject({
      alertree_episodes_firing: 0,
      alertree_groups_firing: 0,
    });
  });

  test('tell how large the files of the store are', async () => {
    await app.hear(SEED_FIRING);

    const { 'alertree_store_bytes{file="db"}': db, 'alertree_store_bytes{file="wal"}': wal } = seriesOf(
      await scrape(),
    );
    expect(db).toBeGreaterThan(4096);
    expect(wal).toBeGreaterThan(4096);
  });

  test('count the calls of the ticket backend, and tell which one it is', async () => {
    await app.hear(SEED_FIRING);

    expect(counted(await scrape())).toMatchObject({
      'alertree_backend_info{backend="embedded"}': 1,
      'alertree_backend_condition{condition="ready"}': 1,
      'alertree_backend_requests_total{backend="embedded",operation="open",outcome="ok"}': 1,
      'alertree_backend_request_duration_seconds_count{backend="embedded",operation="open"}': 1,
      'alertree_build_info{version="0.1.0"}': 1,
      alertree_store_up: 1,
    });
  });

  test('count rejected alerts, mass ends and what joins a group', async () => {
    const hosts = Array.from({ length: 10 }, (_, n) => `host${n}`);
    await app.hear(bodyOf(...hosts.map((host) => firing('A', host)), { status: 'odd' }));
    await app.hear(bodyOf(...hosts.map((host) => resolved('A', host, on(16, '12:00')))));

    expect(await told()).toMatchObject({
      alertree_alerts_rejected_total: 1,
      alertree_episodes_opened_total: 10,
      alertree_episodes_grouped_total: 9,
      alertree_tickets_closed_total: 10,
      alertree_mass_ends_total: 1,
    });
  });

  test('have no word of an alert, a receiver, a source or a path in them', async () => {
    const labels = { alertname: HOSTILE, instance: 'spy.example', severity: 'spied' };
    const alert = { status: 'firing', labels, startsAt: on(16, '11:46') };
    const body = JSON.stringify({ receiver: 'spied-receiver', alerts: [alert, { status: 'spied' }] });
    await app.post('/webhook/spied-source', body).expect(200);
    await app.get('/spied-path?spied=1');
    await app.quiet();

    const text = await scrape();

    expect(text).not.toMatch(/spied|spy|evil|forged|秘密|jndi/i);
    expect(seriesOf(text)).toMatchObject({ alertree_episodes_firing: 1, alertree_alerts_rejected_total: 1 });
  });

  test('have the same series after all that as at the start', async () => {
    const before = ownSeries(await scrape());

    await app.hear(bodyOf(firing('A', 'x'), firing('B', 'y'), resolved('C', 'z', on(16, '12:00'))));

    expect(ownSeries(await scrape())).toEqual(before);
  });

  test('still tell what they have when the store is gone', async () => {
    await app.hear(SEED_FIRING);

    await app.container.get(TOKENS.database).destroy();

    expect(seriesOf(await scrape())).toMatchObject({
      alertree_store_up: 0,
      alertree_tickets_opened_total: 1,
    });
  });
});
