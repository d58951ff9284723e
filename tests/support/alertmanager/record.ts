import type { IncomingHttpHeaders } from 'node:http';
import { until } from '../app/until.js';
import { QUICK, runAlertmanager, type Alertmanager } from './alertmanager.js';
import { NotificationServer, type SentNotification } from './notification-server.js';
import { RECORDINGS, type Recording } from './recordings.js';

/** What a real Alertmanager sent. */
export interface Recorded {
  /** As `0.28`. */
  readonly version: string;
  /** Those of every request, without what names this machine or counts the bytes of one body. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body by the name of the recording, exactly as sent; none where Alertmanager took no such alert. */
  readonly bodies: ReadonlyMap<string, string>;
}

/** Has an Alertmanager send every recording there is. Without a program it is the one on the PATH. */
export async function record(program?: string): Promise<Recorded> {
  const sent: SentNotification[] = [];
  const webhook = new NotificationServer((notification) => {
    sent.push(notification);
    return Promise.resolve(200);
  });
  await webhook.listen();
  const flags = ['--cluster.listen-address=', '--web.external-url=http://alertmanager.example:9093'];
  const config = configuration(webhook.url);
  const alertmanager = await runAlertmanager({
    config,
    flags,
    ...(program === undefined ? {} : { program }),
  });
  try {
    const bodies = new Map<string, string>();
    for (const recording of RECORDINGS) {
      const body = await bodyOf(recording, alertmanager, sent);
      if (body !== null) bodies.set(recording.name, body);
    }
    const { versionInfo } = await alertmanager.status();
    const version = versionInfo.version.split('.').slice(0, 2).join('.');
    return { version, headers: kept(sent[0]?.headers ?? {}), bodies };
  } finally {
    await alertmanager.dispose();
    await webhook.dispose();
  }
}

function configuration(url: string): object {
  const to = (name: string, settings: object = {}): object => ({
    name,
    webhook_configs: [{ url, ...settings }],
  });
  return {
    route: {
      receiver: 'team.ops',
      group_by: ['alertname'],
      ...QUICK,
      routes: [
        { matchers: ['alertname="DiskFull"'], receiver: 'team.few' },
        { matchers: ['site="nagoya"'], group_by: ['site'] },
      ],
    },
    receivers: [to('team.ops'), to('team.few', { max_alerts: 2 })],
  };
}

type Wanted = (body: SentBody) => boolean;

interface SentBody {
  readonly truncatedAlerts: number;
  readonly alerts: readonly {
    readonly status: string;
    readonly labels: Readonly<Record<string, string>>;
  }[];
}

/** Null when Alertmanager does not take the alerts. */
async function bodyOf(
  recording: Recording,
  alertmanager: Alertmanager,
  sent: readonly SentNotification[],
): Promise<string | null> {
  const { post, statuses, truncated = 0 } = recording;
  const isIt: Wanted = ({ alerts, truncatedAlerts }) =>
    alerts.map(({ status }) => status).join() === statuses.join() && truncatedAlerts === truncated;
  let before = sent.length;
  for (const [index, alert] of post.entries()) {
    if (index > 0)
      await until(waited(recording), () => first(recording, sent.slice(before), hasAlerts(index)));
    before = sent.length;
    if ((await alertmanager.offer(alert)) !== null) return null;
  }
  return until(waited(recording), () => first(recording, sent.slice(before), isIt));
}

const waited = ({ name }: Recording): string => `Alertmanager sends "${name}"`;

const hasAlerts =
  (count: number): Wanted =>
  ({ alerts }) =>
    alerts.length === count;

function first({ alertname }: Recording, sent: readonly SentNotification[], isIt: Wanted): string | null {
  const found = sent.find(({ body }) => {
    const read = JSON.parse(body) as SentBody;
    return read.alerts[0]?.labels['alertname'] === alertname && isIt(read);
  });
  return found?.body ?? null;
}

function kept(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  const { host: _host, 'content-length': _bytes, ...others } = headers;
  return Object.fromEntries(Object.entries(others).map(([name, value]) => [name, String(value)]));
}
