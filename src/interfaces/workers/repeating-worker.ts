import type { Doorbell } from '../../application/ports/doorbell.js';
import type { Logger } from '../../application/ports/logger.js';

/** Work that says when it wants to be done again: in so many milliseconds, or (null) when something happens. */
export interface RepeatedWork {
  execute(): Promise<number | null>;
}

/** Where no ring comes, because another process did something. */
const LOOK_AGAIN_MS = 30_000;
const AFTER_DEFECT_MS = 5_000;

/** Does a piece of work again and again, at every ring and when it asked for it. */
export class RepeatingWorker {
  private loop: Promise<void> | null = null;
  private stopping = false;

  constructor(
    private readonly name: string,
    private readonly work: RepeatedWork,
    private readonly ports: { readonly doorbell: Doorbell; readonly logger: Logger },
  ) {}

  start(): void {
    this.loop ??= this.run();
  }

  /** Resolves when what is under way is recorded. Stopping twice is harmless. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.ports.doorbell.ring();
    await this.loop;
  }

  private async run(): Promise<void> {
    const { doorbell } = this.ports;
    while (!this.stopping) {
      const { rings } = doorbell;
      const wait = await this.doOnce();
      if (wait > 0) await doorbell.wait(wait, rings);
    }
  }

  private async doOnce(): Promise<number> {
    try {
      return (await this.work.execute()) ?? LOOK_AGAIN_MS;
    } catch (error) {
      this.ports.logger.error('a worker failed, it goes on', { worker: this.name, problem: String(error) });
      return AFTER_DEFECT_MS;
    }
  }
}
