import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { copyFile, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { until } from './until.js';

const ROOT = join(import.meta.dirname, '../../..');

/** Alertree as it is run, built in a folder of its own. */
export interface BuiltAlertree {
  readonly main: string;
  remove(): Promise<void>;
}

export function buildAlertree(): Promise<BuiltAlertree> {
  return build('tsconfig.json', 'main.js');
}

/** Builds what a `tsconfig.json` of this repository names; `main` is what is then run. */
export async function build(project: string, main: string): Promise<BuiltAlertree> {
  const folder = await mkdtemp(join(tmpdir(), 'alertree-build-'));
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  const settings = ['-p', join(ROOT, project), '--outDir', join(folder, 'dist')];
  await promisify(execFile)(process.execPath, [compiler, ...settings]);
  // The version is read beside the folder of the sources, which programs of the tests have below `dist`.
  await copyFile(join(ROOT, 'package.json'), join(folder, 'package.json'));
  await copyFile(join(ROOT, 'package.json'), join(folder, 'dist/package.json'));
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return { main: join(folder, 'dist', main), remove: () => rm(folder, { recursive: true }) };
}

export interface ProcessGiven {
  readonly main: string;
  readonly env: Readonly<Record<string, string>>;
  /** The Node that runs it; the tests' own by default. */
  readonly node?: string;
}

/** An Alertree in a process of its own, with no environment but the given one. */
export class AlertreeProcess {
  /** What it wrote to standard output and standard error so far. */
  output = '';
  /** Resolves when it has ended, whenever that is, with the exit code or the signal that ended it. */
  readonly whenEnded: Promise<number | NodeJS.Signals>;
  private readonly child: ChildProcess;
  private end: number | NodeJS.Signals | null = null;

  constructor({ main, env, node = process.execPath }: ProcessGiven) {
    this.child = spawn(node, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    this.whenEnded = new Promise((resolve) => {
      this.child.once('close', (code, signal) => resolve((this.end = code ?? signal ?? 'SIGKILL')));
    });
  }

  /** Its address, once it takes requests. Fails when it ends instead. */
  async baseUrl(longestMs?: number): Promise<string> {
    const line = await this.said(/msg=listening port=(\d+)/, longestMs);
    return `http://127.0.0.1:${line[1]}`;
  }

  /** Resolves when its output has this in it. */
  said(pattern: RegExp, longestMs?: number): Promise<RegExpExecArray> {
    const look = (): RegExpExecArray | null => {
      const match = pattern.exec(this.output);
      if (match === null && this.end !== null) throw new Error(`It ended instead and said: ${this.output}`);
      return match;
    };
    return until(`an Alertree says ${String(pattern)}`, look, longestMs);
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** The same soon; fails when that takes far too long. */
  ended(): Promise<number | NodeJS.Signals> {
    return until('an Alertree ends', () => this.end);
  }

  /** For the end of a test, whatever became of it. */
  async dispose(): Promise<void> {
    if (this.end === null) this.signal('SIGKILL');
    await this.ended();
  }
}

/** The version that a Node says it has; null when there is none at this path. */
export async function versionOfNode(path: string): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)(path, ['--version']);
    return stdout.trim();
  } catch {
    return null;
  }
}
