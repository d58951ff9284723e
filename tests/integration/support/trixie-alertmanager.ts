import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ComposeProject } from './compose-project.js';

const run = promisify(execFile);
const IMAGE = 'alertree-alertmanager';
const PROGRAM = '/usr/bin/prometheus-alertmanager';

/** The Alertmanager of Debian trixie, newer than what a bookworm has on its PATH: it takes UTF-8 names of labels. */
export interface TrixieAlertmanager {
  /** Its path on this machine. */
  readonly program: string;
  dispose(): Promise<void>;
}

/** Takes the program out of the image of `docker-compose.yml`, which is built when it is not there. */
export async function trixieAlertmanager(): Promise<TrixieAlertmanager> {
  await new ComposeProject('stack.env').build('alertmanager');
  const folder = await mkdtemp(join(tmpdir(), 'alertree-trixie-'));
  const container = (await run('docker', ['create', IMAGE])).stdout.trim();
  try {
    await run('docker', ['cp', `${container}:${PROGRAM}`, folder]);
  } finally {
    await run('docker', ['rm', '--volumes', container]);
  }
  return {
    program: join(folder, 'prometheus-alertmanager'),
    dispose: () => rm(folder, { recursive: true }),
  };
}
