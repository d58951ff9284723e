import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../main.js', import.meta.url));

/** The built Alertree as a process of its own over an empty store, watched from outside. */
export class AlertreeProcess {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    readonly baseUrl: string,
    private readonly store: DatabaseSync,
  ) {}

  /** With further variables, for another ticket backend than the embedded one. */
  static async start(variables: Readonly<Record<string, string>> = {}): Promise<AlertreeProcess> {
    return AlertreeProcess.startIn(await mkdtemp(join(tmpdir(), 'alertree-bench-')), variables);
  }

  private static async startIn(
    folder: string,
    variables: Readonly<Record<string, string>>,
  ): Promise<AlertreeProcess> {
    const env = {
      ALERTREE_DATA_DIR: folder,
      ALERTREE_LISTEN: '127.0.0.1:0',
      ALERTREE_TIMEZONE: 'UTC',
      ...variables,
    };
    const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    const port = await portOf(child);
    const store = new DatabaseSync(join(folder, 'alertree.db'), { readOnly: true, timeout: 5000 });
    return new AlertreeProcess(child, folder, `http://127.0.0.1:${port}`, store);
  }

  /** How many tickets the embedded tracker holds. */
  tickets(): number {
    return Number(this.store.prepare('select last_ticket_id as n from embedded_tracker').get()?.['n']);
  }

  /** Number of the last write to the tracker. */
  revision(): number {
    return Number(this.store.prepare('select revision from embedded_tracker').get()?.['revision']);
  }

  /** True when nothing is due, being delivered or waiting to be read back. */
  isQuiet(): boolean {
    const due = this.store
      .prepare('select 1 from ticket_groups where lease_owner is not null or due_at <= ?')
      .get(Date.now());
    return (
      due === undefined &&
      this.store.prepare('select 1 from tickets where written is not null').get() === undefined
    );
  }

  /** Memory in use now and at most so far, in MiB. */
  async memory(): Promise<{ readonly now: number; readonly peak: number }> {
    const status = await readFile(`/proc/${this.child.pid}/status`, 'utf8');
    const mebibytes = (field: string): number =>
      Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? Number.NaN) / 1024;
    return { now: mebibytes('VmRSS'), peak: mebibytes('VmHWM') };
  }

  /** Stops it and starts it anew on the same store; resolves when it listens. */
  async restarted(): Promise<AlertreeProcess> {
    await this.end();
    return AlertreeProcess.startIn(this.folder, {});
  }

  async stop(): Promise<void> {
    await this.end();
    await rm(this.folder, { recursive: true });
  }

  private async end(): Promise<void> {
    this.store.close();
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
  }
}

async function portOf(child: ChildProcess): Promise<string> {
  if (child.stderr === null) throw new Error('The log of Alertree cannot be read.');
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stderr })) {
    const port = /msg=listening port=(\d+)/.exec(line)?.[1];
    said.push(line);
    if (port === undefined) continue;
    child.stderr.resume(); // or its log would fill the pipe and stop it
    return port;
  }
  throw new Error(`Alertree does not start:\n${said.join('\n')}`);
}
