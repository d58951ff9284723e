import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { untilTrue } from '../app/until.js';

/** Debian's package calls it by the first name, Prometheus' own archive by the second. */
const PROGRAMS = ['prometheus-alertmanager', 'alertmanager'];
const REMEDY = 'This test needs a real Alertmanager on the PATH: apt-get install prometheus-alertmanager';

/** The intervals of every route here: Alertmanager's own are minutes and hours. */
export const QUICK = { group_wait: '50ms', group_interval: '200ms', repeat_interval: '400ms' };

const ALONE = '--cluster.listen-address=';

/** An alert as a client of Alertmanager posts it. */
export interface PostedAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly startsAt?: string;
  readonly endsAt?: string;
  readonly generatorURL?: string;
}

export interface QuickReceiver {
  /** Where it sends its notifications. */
  readonly webhookUrl: string;
  readonly receiver: string;
}

export interface AlertmanagerGiven {
  /** What stands in its configuration file. */
  readonly config: object;
  readonly flags?: readonly string[];
  /** The path of a program; without it, the one on the PATH. */
  readonly program?: string;
}

/** A real Alertmanager with one receiver and intervals so short that a test need not wait. */
export function startAlertmanager(to: QuickReceiver): Promise<Alertmanager> {
  return runAlertmanager({ config: quickConfig(to) });
}

/** One receiver, one route, and the shortest intervals that work. */
export function quickConfig({ webhookUrl, receiver }: QuickReceiver): object {
  return {
    route: { receiver, group_by: ['alertname'], ...QUICK },
    receivers: [{ name: receiver, webhook_configs: [{ url: webhookUrl, send_resolved: true }] }],
  };
}

/** A real Alertmanager as it is given, all alone unless its flags say otherwise; nothing of it outlives `dispose`. */
export async function runAlertmanager(given: AlertmanagerGiven): Promise<Alertmanager> {
  const { config, flags: own = [ALONE], program } = given;
  const folder = await mkdtemp(join(tmpdir(), 'alertree-alertmanager-'));
  const configFile = join(folder, 'alertmanager.yml');
  await writeFile(configFile, JSON.stringify(config));
  const address = `127.0.0.1:${await freePort()}`;
  const flags = [
    `--config.file=${configFile}`,
    `--storage.path=${join(folder, 'data')}`,
    `--web.listen-address=${address}`,
    ...own,
  ];
  const child = await spawnFirstOf(program === undefined ? PROGRAMS : [program], flags);
  if (child === null) {
    await rm(folder, { recursive: true });
    throw new Error(program === undefined ? REMEDY : `There is no Alertmanager at ${program}`);
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

/** A port of the loopback that nobody listens on. */
export async function freePort(): Promise<number> {
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

/** What it says of itself, so far as tests ask. */
export interface AlertmanagerStatus {
  readonly versionInfo: { readonly version: string };
  readonly cluster: { readonly status: string; readonly peers?: readonly object[] };
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

  /** Posts alerts, each of which it must take. */
  async post(...alerts: readonly PostedAlert[]): Promise<void> {
    const refusal = await this.offer(...alerts);
    if (refusal !== null) throw new Error(`Alertmanager refused the alerts: ${refusal}`);
  }

  /** Posts alerts and gives what it says against them; null when it took them. */
  async offer(...alerts: readonly PostedAlert[]): Promise<string | null> {
    const headers = { 'Content-Type': 'application/json' };
    const body = JSON.stringify(alerts);
    const response = await fetch(`${this.base}/api/v2/alerts`, { method: 'POST', headers, body });
    return response.ok ? null : response.text();
  }

  async status(): Promise<AlertmanagerStatus> {
    return (await fetch(`${this.base}/api/v2/status`)).json() as Promise<AlertmanagerStatus>;
  }

  /** Notifications that it tried to send and could not, counted by itself. */
  async failedNotifications(): Promise<number> {
    const metrics = await (await fetch(`${this.base}/metrics`)).text();
    const line = /^alertmanager_notification_requests_failed_total\{integration="webhook"\} (\d+)$/m.exec(
      metrics,
    );
    return Number(line?.[1] ?? 0);
  }

  /** Ends it as a power cut would: it tells nobody. Doing so twice is safe. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await untilTrue('Alertmanager ends', () => this.hasEnded());
  }

  async dispose(): Promise<void> {
    await this.kill();
    await rm(this.folder, { recursive: true, force: true });
  }

  private hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }
}
