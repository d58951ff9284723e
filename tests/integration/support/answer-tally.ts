import type { Socket } from 'node:net';

/** Counts what a server answers, by what goes over its connections; nothing of it is changed. */
export class AnswerTally {
  /** By method and status, as `POST 500`; `POST cut off` where the server ended the connection instead. */
  readonly counts = new Map<string, number>();
  private readonly asked = new Map<Socket, string>();

  /** The server has not answered everything that it was asked by somebody who still waits. */
  get isAwaited(): boolean {
    return this.asked.size > 0;
  }

  /** How often these were the answers. */
  count(pattern: RegExp): number {
    return [...this.counts].reduce((sum, [name, count]) => sum + (pattern.test(name) ? count : 0), 0);
  }

  readonly watch = (near: Socket, far: Socket): void => {
    near.on('data', (chunk: Buffer) => {
      const method = /^([A-Z]+) \S+ HTTP\//.exec(chunk.toString('latin1'))?.[1];
      if (method !== undefined) this.asked.set(near, method);
    });
    far.on('data', (chunk: Buffer) => {
      const status = /^HTTP\/1\.1 (\d{3})/.exec(chunk.toString('latin1'))?.[1];
      if (status !== undefined) this.answer(near, status);
    });
    for (const end of ['end', 'close']) far.on(end, () => this.answer(near, 'cut off'));
    // Who has gone waits for nothing.
    near.on('end', () => this.asked.delete(near));
    near.on('error', () => this.asked.delete(near));
  };

  private answer(near: Socket, what: string): void {
    const method = this.asked.get(near);
    if (method === undefined) return;
    this.asked.delete(near);
    const name = `${method} ${what}`;
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }
}
