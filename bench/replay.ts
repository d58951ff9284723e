import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { RecordedRequest, Replay } from './bare-loop.js';
import type { Exchange } from './recording-proxy.js';

const BARE_LOOP = fileURLToPath(new URL('bare-loop.js', import.meta.url));

/** A bare loop beside this process. What one replay made, later ones can be about. */
export class BareLoopProcess {
  private readonly child: ChildProcess = fork(BARE_LOOP);

  async play(to: Omit<Replay, 'requests'>, exchanges: readonly Exchange[]): Promise<void> {
    this.child.send({ ...to, requests: exchanges.map(asRecorded) });
    const [said] = (await Promise.race([once(this.child, 'message'), once(this.child, 'exit')])) as [unknown];
    if (said !== 'done') throw new Error('The bare loop failed.');
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.disconnect();
    await ended;
  }
}

function asRecorded({ method, path, body, answer }: Exchange): RecordedRequest {
  const made = method === 'POST' ? (JSON.parse(answer) as { issue: { id: number } }).issue.id : null;
  return { method, path, body, made };
}
