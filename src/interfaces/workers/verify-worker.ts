import type { Doorbell } from '../../application/ports/doorbell.js';
import type { Logger } from '../../application/ports/logger.js';
import type { VerifyTickets } from '../../application/verify-tickets/verify-tickets.js';

const LOOK_AGAIN_MS = 30_000;
const AFTER_DEFECT_MS = 5_000;

/** Has what was written read back, soon after it was written. */
export class VerifyWorker {
  private loop: Promise<void> | null = null;
  private stopping = false;

  constructor(
    private readonly verifyTickets: VerifyTickets,
    private readonly doorbell: Doorbell,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.loop ??= this.run();
  }

  /** Resolves when what is under way is recorded. Stopping twice is harmless. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.doorbell.ring();
    await this.loop;
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      const { rings } = this.doorbell;
      const wait = await this.verify();
      if (wait > 0) await this.doorbell.wait(wait, rings);
    }
  }

  private async verify(): Promise<number> {
    try {
      return (await this.verifyTickets.execute()) ?? LOOK_AGAIN_MS;
    } catch (error) {
      this.logger.error('read-back failed', { problem: String(error) });
      return AFTER_DEFECT_MS;
    }
  }
}
