import type { Logger } from '../application/ports/logger.js';

interface Worker {
  start(): void;
  stop(): Promise<void>;
}

interface Server {
  start(): Promise<{ readonly port: number }>;
  stop(graceMs: number): Promise<void>;
}

/** Time for notifications that are being answered when the process is asked to stop. */
const GRACE_MS = 10_000;

/** Starts and stops the process: the port opens last and closes first. */
export class Lifecycle {
  private state: 'starting' | 'running' | 'stopping' = 'starting';
  private stopped: Promise<void> | null = null;

  constructor(
    private readonly server: () => Server,
    private readonly workers: readonly Worker[],
    private readonly database: { destroy(): Promise<void> },
    private readonly logger: Logger,
  ) {}

  /** In words for people; null: ready. */
  get notReadyBecause(): string | null {
    return this.state === 'running' ? null : `Alertree is ${this.state}.`;
  }

  get isStopping(): boolean {
    return this.state === 'stopping';
  }

  /** Resolves with the port once notifications are accepted. */
  async start(): Promise<{ readonly port: number }> {
    for (const worker of this.workers) worker.start();
    const bound = await this.server().start();
    this.state = 'running';
    this.logger.info('listening', { port: bound.port });
    return bound;
  }

  /**
   * Answers what is under way, lets the workers finish their call of the backend, gives leases back and closes the
   * store. Stopping twice is harmless.
   */
  stop(): Promise<void> {
    this.stopped ??= this.wind();
    return this.stopped;
  }

  private async wind(): Promise<void> {
    this.state = 'stopping';
    this.logger.info('stopping');
    await this.server().stop(GRACE_MS);
    await Promise.all(this.workers.map((worker) => worker.stop()));
    await this.database.destroy();
    this.logger.info('stopped');
  }
}
