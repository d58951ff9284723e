import { Registry } from 'prom-client';
import type { ReceivedAlert } from '../../../../src/domain/alert/alert.js';
import { IntakeMetrics } from '../../../../src/infrastructure/metrics/intake-metrics.js';
import { firing, HOUR, resolved } from '../../../support/builders/alerts.js';
import { counted } from '../../../support/metrics-text.js';
import { World } from '../../../support/world/world.js';

const HOSTS = Array.from({ length: 10 }, (_, n) => `host${n}`);

describe('the counts of the intake', () => {
  it('count an end that is held once, however often Alertmanager repeats it', async () => {
    const world = new World({ closeAfterMs: HOUR });
    const registry = new Registry();
    const metrics = new IntakeMetrics(registry);
    const hear = async (...alerts: readonly ReceivedAlert[]): Promise<void> => {
      const outcomes = await world.hear(...alerts);
      const counting = metrics.counted({ execute: () => Promise.resolve(outcomes) });
      await counting.execute({ source: 'any', receiver: null, alerts: [], rejected: [] });
    };
    await hear(...HOSTS.map((host) => firing(host)));

    await hear(...HOSTS.map((host) => resolved(host, { endsAt: 5 })));
    await hear(...HOSTS.map((host) => resolved(host, { endsAt: 5 })));
    await hear(...HOSTS.map((host) => resolved(host, { endsAt: 6 })));

    expect(counted(await registry.metrics())).toEqual({
      'alertree_alerts_accepted_total{outcome="opened"}': 10,
      'alertree_alerts_accepted_total{outcome="ended"}': 10,
      'alertree_alerts_accepted_total{outcome="known"}': 20,
      alertree_mass_ends_total: 1,
    });
  });
});
