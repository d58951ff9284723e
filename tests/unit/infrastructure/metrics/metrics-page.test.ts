import type { Figures, StoreFigures } from '../../../../src/application/ports/store-figures.js';
import { BackendState } from '../../../../src/application/probe-backend/backend-state.js';
import { MetricsPage } from '../../../../src/infrastructure/metrics/metrics-page.js';
import { Metrics } from '../../../../src/infrastructure/metrics/metrics.js';
import { counted, ownSeries, seriesOf } from '../../../support/metrics-text.js';
import { RecordingLogger } from '../../../support/recording-logger.js';

const NOW = 1_000_000;
const FIGURES: Figures = {
  groupsDue: 1,
  groupsFiring: 2,
  episodes: { firing: 3, held: 4, settled: 5, flapping: 6, presumed: 10 },
  parked: new Map([
    ['forbidden', 7],
    ['refused', 8],
    ['written by another version', 9],
  ]),
  oldestUndelivered: NOW - 12_500,
};
const NOTHING: Figures = { ...FIGURES, parked: new Map(), oldestUndelivered: null };

/** Answers as the test says, and counts how often it is asked. */
class ScriptedFigures implements StoreFigures {
  asked = 0;

  constructor(public answer: () => Promise<Figures>) {}

  read(): Promise<Figures> {
    this.asked += 1;
    return this.answer();
  }
}

function aPage(answer: () => Promise<Figures>, longestReadMs?: number) {
  const figures = new ScriptedFigures(answer);
  const backendState = new BackendState();
  const logger = new RecordingLogger();
  const metrics = new Metrics({ version: '1.2.3', backend: 'redmine' });
  const parts = { metrics, figures, backendState, logger, instance: 'x', clock: { now: () => NOW } };
  return { page: new MetricsPage(parts, longestReadMs), figures, backendState, logger };
}

describe('the text of the metrics', () => {
  it('shows the figures of the store, an unheard-of reason under a name of ours', async () => {
    const { page, backendState } = aPage(() => Promise.resolve(FIGURES));
    backendState.learn({ kind: 'unreachable', restsUntil: null, problem: 'no route' });

    expect(counted(await page.text())).toEqual({
      'alertree_build_info{version="1.2.3"}': 1,
      'alertree_backend_info{backend="redmine"}': 1,
      'alertree_backend_condition{condition="unreachable"}': 1,
      alertree_store_up: 1,
      alertree_groups_due: 1,
      alertree_groups_firing: 2,
      alertree_episodes_firing: 3,
      alertree_episodes_held: 4,
      alertree_episodes_settled: 5,
      alertree_episodes_flapping: 6,
      alertree_presumed_episodes: 10,
      'alertree_tickets_parked{reason="forbidden"}': 7,
      'alertree_tickets_parked{reason="refused"}': 8,
      'alertree_tickets_parked{reason="other"}': 9,
      alertree_oldest_undelivered_change_age_seconds: 12.5,
    });
  });

  it('has every series of its own at 0 before anything happened, and the same ones ever after', async () => {
    const { page, figures } = aPage(() => Promise.resolve(NOTHING));
    const before = await page.text();

    figures.answer = () => Promise.resolve(FIGURES);

    expect(ownSeries(await page.text())).toEqual(ownSeries(before));
    expect(seriesOf(before)).toMatchObject({
      'alertree_alerts_accepted_total{outcome="never_fired"}': 0,
      alertree_alerts_rejected_total: 0,
      alertree_mass_ends_total: 0,
      alertree_episodes_folded_total: 0,
      alertree_tickets_closed_total: 0,
      'alertree_tickets_parked{reason="unauthorized"}': 0,
      'alertree_backend_requests_total{backend="redmine",operation="open",outcome="timeout"}': 0,
      'alertree_http_request_duration_seconds_count{handler="/webhook",method="POST",code="503"}': 0,
      alertree_oldest_undelivered_change_age_seconds: 0,
    });
  });

  it('forgets a reason that nothing is parked for any more', async () => {
    const { page, figures } = aPage(() => Promise.resolve(FIGURES));
    await page.text();
    figures.answer = () => Promise.resolve(NOTHING);

    expect(seriesOf(await page.text())).toMatchObject({ 'alertree_tickets_parked{reason="forbidden"}': 0 });
  });

  it('shows what it has when the store fails, and no old figures', async () => {
    const { page, figures, logger } = aPage(() => Promise.resolve(FIGURES));
    await page.text();
    figures.answer = () => Promise.reject(new Error('disk full'));

    const series = seriesOf(await page.text());

    expect(series).toMatchObject({ alertree_store_up: 0, alertree_alerts_rejected_total: 0 });
    expect(Object.keys(series)).not.toContain('alertree_groups_due');
    expect(logger.linesOf('metrics lack the figures of the store')).toHaveLength(1);
  });

  it('waits for a slow store only so long, and asks it one thing at a time', async () => {
    const slow = Promise.withResolvers<Figures>();
    const { page, figures } = aPage(() => slow.promise, 1);

    const texts = [await page.text(), await page.text()];
    expect(texts.map((text) => seriesOf(text)['alertree_store_up'])).toEqual([0, 0]);
    expect(figures.asked).toBe(1);

    slow.resolve(FIGURES);
    figures.answer = () => Promise.resolve(NOTHING);
    await slow.promise;
    expect(seriesOf(await page.text())).toMatchObject({ alertree_store_up: 1 });
  });
});
