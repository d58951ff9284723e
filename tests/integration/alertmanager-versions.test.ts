import { jest } from '@jest/globals';
import { quickConfig, runAlertmanager, type PostedAlert } from '../support/alertmanager/alertmanager.js';
import { record } from '../support/alertmanager/record.js';
import { recordedBodies, recordedHeaders, recordedVersions } from '../support/alertmanager/recorded.js';
import { startApp } from '../support/app/running-app.js';
import { untilTrue } from '../support/app/until.js';
import { trixieAlertmanager, type TrixieAlertmanager } from './support/trixie-alertmanager.js';

// An engine, a base image and an image may be still to be made.
jest.setTimeout(900_000);

describe('a real Alertmanager', () => {
  let trixie: TrixieAlertmanager;
  beforeAll(async () => {
    trixie = await trixieAlertmanager();
  });
  afterAll(() => trixie.dispose());

  test.each([
    ['on the PATH', () => undefined],
    ['of Debian trixie', () => trixie.program],
  ])('%s sends what was recorded of its version', async (_where, programOf) => {
    const { version, headers, bodies } = await record(programOf());

    expect(recordedVersions()).toContain(version); // or else: npm run record:alertmanager
    expect(Object.fromEntries(bodies)).toEqual(Object.fromEntries(recordedBodies(version)));
    expect(Object.keys(headers)).toEqual(Object.keys(recordedHeaders(version)));
  });

  test('of Debian trixie has labels with UTF-8 names grouped, shown, kept quiet and closed', async () => {
    const byLabels = { ALERTREE_GROUP_BY: 'サービス名', ALERTREE_SUBJECT_LABELS: 'service.name' };
    const app = await startApp(byLabels);
    const config = quickConfig({ webhookUrl: `${app.baseUrl}/webhook`, receiver: 'team.ops' });
    const alertmanager = await runAlertmanager({ config, program: trixie.program });
    try {
      const slow = alert('遅延', 'orders');
      await alertmanager.post(slow);
      await app.treeBecomes('[Alert] 遅延 service.name:orders (6/16 11:46) open');
      await alertmanager.post(slow, alert('停止', 'stock'));
      await app.treeBecomes(
        '[Alert] 遅延 service.name:orders (6/16 11:46) open',
        '└─ [Alert] 停止 service.name:stock (6/16 11:46) open',
      );
      expect(app.tickets()[0]?.description).toContain('service.name: orders\nサービス名: 受注\n🔥 "x": {y}');

      await app.quiet();
      const revision = app.store.trackerRevision();
      const heard = () => app.logger.linesOf('notification accepted').length;
      const before = heard();
      await untilTrue('five repeats arrive', () => heard() >= before + 5);
      await app.quiet();
      expect(app.store.trackerRevision()).toBe(revision);

      const endsAt = new Date().toISOString();
      await alertmanager.post({ ...slow, endsAt }, { ...alert('停止', 'stock'), endsAt });
      await app.treeBecomes(
        '[Alert] 遅延 service.name:orders (6/16 11:46) closed',
        '└─ [Alert] 停止 service.name:stock (6/16 11:46) closed',
      );
    } finally {
      await alertmanager.dispose();
      await app.dispose();
    }
  });
});

/** An alert whose labels, but for its name, have names that only UTF-8 has room for. */
function alert(alertname: string, service: string): PostedAlert {
  return {
    labels: { alertname, サービス名: '受注', 'service.name': service, '🔥 "x"': '{y}' },
    startsAt: '2026-06-16T11:46:00+09:00',
  };
}
