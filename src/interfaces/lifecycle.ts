import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '../application/ports/logger.js';

interface Worker {
  start(): void;
  stop(): Promise<void>;
}

interface Server {
  start(): Promise<{ readonly port: number }>;
  stop(graceMs: number): Promise<void>;
}

export interface LifecycleParts {
  /** Made when it is needed: what it serves asks this object whether it is ready. */
  readonly server: () => Server;
  readonly workers: readonly Worker[];
  /** Callers that wait for delivery are answered with what is known when the process is asked to stop. */
  readonly waiting: { stop(): void };
  /** Frees what this or an earlier process held of the store: before anything else, and where a worker did not end. */
  readonly releaseLeases: () => Promise<void>;
  readonly database: { destroy(): Promise<void> };
  readonly logger: Logger;
}

/** Time for notifications that are being answered when the process is asked to stop. */
const GRACE_MS = 10_000;
/** Time for all that is under way, calls of the backend too: whoever stops processes kills them after 30 s, usually. */
const STOP_MS = 15_000;

/** Starts and stops the process: the port opens last and closes first. */
export class Lifecycle {
  private state: 'starting' | 'running' | 'stopping' = 'starting';
  private stopped: Promise<void> | null = null;

  constructor(private readonly parts: LifecycleParts) {}

  /** In words for people; null: ready. */
  get notReadyBecause(): string | null {
    return this.state === 'running' ? null : `Alertree is ${this.state}.`;
  }

  get isStopping(): boolean {
    return this.state === 'stopping';
  }

  /** Resolves with the port once notifications are accepted. Where that fails, everything is stopped again. */
  async start(): Promise<{ readonly port: number }> {
    const { workers, server, releaseLeases, logger } = this.parts;
    try {
      await releaseLeases();
      const bound = await server().start();
      for (const worker of workers) worker.start();
      this.state = 'running';
      logger.info('listening', { port: bound.port });
      return bound;
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /**
   * Answers what is under way, lets the workers finish their call of the backend, gives leases back and closes the
   * store. A call that is not answered in time is given up: it is on record, and the next start looks for what came of
   * it. Stopping twice is harmless.
   */
  stop(): Promise<void> {
    this.stopped ??= this.wind();
    return this.stopped;
  }

  private async wind(): Promise<void> {
    const { workers, server, waiting, database, logger } = this.parts;
    const wasRunning = this.state === 'running';
    this.state = 'stopping';
    if (wasRunning) logger.info('stopping');
    waiting.stop();
    const patience = new AbortController();
    const tooLong = pause(STOP_MS, 'too long', { signal: patience.signal });
    const ended = Promise.all(workers.map((worker) => worker.stop()));
    await server().stop(GRACE_MS);
    if ((await Promise.race([ended, tooLong])) === 'too long') await this.giveUp();
    patience.abort();
    tooLong.catch(() => undefined); // nobody waits for it any more
    await database.destroy();
    if (wasRunning) logger.info('stopped');
  }

  private async giveUp(): Promise<void> {
    const { logger, releaseLeases } = this.parts;
    logger.warn('stopping without an answer of the ticket backend, the next start looks for what came of it');
    try {
      await releaseLeases();
    } catch (error) {
      logger.error('leases not given back', { problem: String(error) });
    }
  }
}
