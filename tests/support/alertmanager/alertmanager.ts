import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { until, untilTrue } from '../app/until.js';

/** Debian's package calls it by the first name, Prometheus' own archive by the second. */
const PROGRAMS = ['prometheus-alertmanager', 'alertmanager'];
const REMEDY = 'This test needs a real Alertmanager on the PATH: apt-get install prometheus-alertmanager';

/** An alert as a client of Alertmanager posts it. */
export interface PostedAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly startsAt?: string;
  readonly endsAt?: string;
}

export interface AlertmanagerGiven {
  /** Where it sends its notifications. */
  readonly webhookUrl: string;
  readonly receiver: string;
}

/** A real Alertmanager with intervals so short that a test need not wait; nothing of it outlives `dispose`. */
export async function startAlertmanager(given: AlertmanagerGiven): Promise<Alertmanager> {
  const folder = await mkdtemp(join(tmpdir(), 'alertree-alertmanager-'));
  const configFile = join(folder, 'alertmanager.yml');
  await writeFile(configFile, configuration(given));
  const address = `127.0.0.1:${await freePort()}`;
  const flags = [
    `--config.file=${configFile}`,
    `--storage.path=${join(folder, 'data')}`,
    `--web.listen-address=${address}`,
    '--cluster.listen-address=',
  ];
  const child = await spawnFirstOf(PROGRAMS, flags);
  if (child === null) {
    await rm(folder, { recursive: true });
    throw new Error(REMEDY);
  }
  const alertmanager = new Alertmanager(child, address, folder);
  try {
    await alertmanager.ready();
    return alertmanager;
  } catch (error) {
    await alertmanager.dispose();
    throw error;
  }
}

function configuration({ webhookUrl, receiver }: AlertmanagerGiven): string {
  return JSON.stringify({
    route: {
      receiver,
      group_by: ['alertname'],
      group_wait: '50ms',
      group_interval: '200ms',
      repeat_interval: '400ms',
    },
    receivers: [{ name: receiver, webhook_configs: [{ url: webhookUrl, send_resolved: true }] }],
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** null when none of the programs is there. */
async function spawnFirstOf(
  programs: readonly string[],
  flags: readonly string[],
): Promise<ChildProcess | null> {
  for (const program of programs) {
    const child = spawn(program, flags, { stdio: ['ignore', 'ignore', 'pipe'] });
    try {
      await once(child, 'spawn');
      return child;
    } catch {
      // It is not there; perhaps it has the other name.
    }
  }
  return null;
}

export class Alertmanager {
  private readonly base: string;
  private output = '';

  constructor(
    private readonly child: ChildProcess,
    address: string,
    private readonly folder: string,
  ) {
    this.base = `http://${address}`;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
  }

  async ready(): Promise<void> {
    await untilTrue('Alertmanager is ready', async () => {
      if (this.hasEnded()) throw new Error(`Alertmanager ended instead and said: ${this.output}`);
      return (await fetch(`${this.base}/-/ready`).catch(() => null))?.ok === true;
    });
  }

  async post(...alerts: readonly PostedAlert[]): Promise<void> {
    const headers = { 'Content-Type': 'application/json' };
    const body = JSON.stringify(alerts);
    const response = await fetch(`${this.base}/api/v2/alerts`, { method: 'POST', headers, body });
    if (!response.ok) throw new Error(`Alertmanager refused the alerts: ${await response.text()}`);
  }

  /** Notifications that it tried to send and could not, counted by itself. */
  async failedNotifications(): Promise<number> {
    const metrics = await (await fetch(`${this.base}/metrics`)).text();
    const line = /^alertmanager_notification_requests_failed_total\{integration="webhook"\} (\d+)$/m.exec(
      metrics,
    );
    return Number(line?.[1] ?? 0);
  }

  async dispose(): Promise<void> {
    this.child.kill('SIGKILL');
    await until('Alertmanager ends', () => (this.hasEnded() ? true : null));
    await rm(this.folder, { recursive: true, force: true });
  }

  private hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }
}
