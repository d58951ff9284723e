import { NotificationServer, type SentNotification } from './notification-server.js';

/**
 * Stands between one Alertmanager and the webhook of Alertree. While it is shut, what comes waits, so that the
 * Alertmanager has no answer yet; when it is opened, all that waits goes on as it came.
 */
export class Gate {
  /** How many notifications have come so far, passed on or not. */
  arrived = 0;
  /** The statuses that Alertree answered with, in the order of the answers. */
  readonly answers: number[] = [];
  private readonly server = new NotificationServer((notification) => this.pass(notification));
  private opened = Promise.resolve();
  private letThrough: () => void = () => undefined;

  private constructor(private readonly webhookUrl: string) {}

  static async before(webhookUrl: string): Promise<Gate> {
    const gate = new Gate(webhookUrl);
    await gate.server.listen();
    return gate;
  }

  get url(): string {
    return this.server.url;
  }

  shut(): void {
    this.open();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.opened = promise;
    this.letThrough = resolve;
  }

  open(): void {
    this.letThrough();
  }

  async dispose(): Promise<void> {
    this.open();
    await this.server.dispose();
  }

  private async pass({ body }: SentNotification): Promise<number> {
    this.arrived += 1;
    await this.opened;
    const response = await fetch(this.webhookUrl, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body,
    });
    this.answers.push(response.status);
    return response.status;
  }
}
