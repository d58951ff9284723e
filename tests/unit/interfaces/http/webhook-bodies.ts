/** The two requests of the first README that people followed, letter by letter. */
export const SEED_FIRING = `{
  "alerts": [
    {
      "status": "firing",
      "labels": {
        "alertname": "Qiita_Manual_Alert",
        "instance": "testhost"
      },
      "annotations": {
        "summary": "Webhookテスト"
      }
    }
  ]
}`;

export const SEED_RESOLVED = `{
  "alerts": [
    {
      "status": "resolved",
      "labels": {
        "alertname": "Qiita_Manual_Alert",
        "instance": "testhost"
      },
      "annotations": {
        "summary": "Webhookテスト（Resolved）"
      }
    }
  ]
}`;

/** As a recent Alertmanager sends it, with fields that older ones do not have and one that none has yet. */
export const ALERTMANAGER_BODY = {
  receiver: 'alertree',
  status: 'firing',
  alerts: [
    {
      status: 'firing',
      labels: { alertname: 'HostDown', instance: 'web-1:9100', job: 'node', severity: 'critical' },
      annotations: { summary: 'web-1 is down' },
      startsAt: '2026-06-16T11:46:00.123456789+09:00',
      endsAt: '0001-01-01T00:00:00Z',
      generatorURL: 'http://prometheus:9090/graph?g0.expr=up+%3D%3D+0',
      fingerprint: 'c2a57ae6e59efbf0',
      someDay: { nested: ['unknown'] },
    },
    {
      status: 'resolved',
      labels: { alertname: 'HostDown', instance: 'web-2:9100', job: 'node', severity: 'critical' },
      annotations: {},
      startsAt: '2026-06-16T02:40:00Z',
      endsAt: '2026-06-16T02:45:30.5Z',
      generatorURL: '',
      fingerprint: '0e1a2b3c4d5e6f70',
    },
  ],
  groupLabels: { alertname: 'HostDown' },
  commonLabels: { alertname: 'HostDown', job: 'node', severity: 'critical' },
  commonAnnotations: {},
  externalURL: 'http://alertmanager:9093',
  version: '4',
  groupKey: '{}:{alertname="HostDown"}',
  truncatedAlerts: 0,
  notification_reason: 'first notification',
  routeLabels: {},
};

/** A body with one firing alert that has these labels. */
export function bodyWithLabels(labels: unknown): string {
  return JSON.stringify({ alerts: [{ status: 'firing', labels }] });
}
