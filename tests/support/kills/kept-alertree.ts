import { AlertreeProcess } from '../app/built-alertree.js';
import { until, untilTrue } from '../app/until.js';

/** So many starts that failed one after the other are a defect. */
const FAILED_STARTS = 5;
/** Many that are started at once on a busy machine are slow. */
const LONGEST_START_MS = 120_000;

/** An Alertree that is started again whenever it ends, as a service manager does. */
export class KeptAlertree {
  /** Where it takes requests; null: it does not, now. */
  baseUrl: string | null = null;
  starts = 0;
  private process: AlertreeProcess | null = null;
  private defect: Error | null = null;
  private isKept = false;
  private keeping: Promise<void> = Promise.resolve();
  private readonly said: string[] = [];

  constructor(
    private readonly main: string,
    private env: Readonly<Record<string, string>>,
  ) {}

  start(): void {
    this.isKept = true;
    this.keeping = this.keep();
  }

  /** Resolves with its address when it takes requests; rejects when it cannot be started any more. */
  listening(): Promise<string> {
    const look = (): string | null => {
      if (this.defect !== null) throw this.defect;
      return this.baseUrl;
    };
    return until('Alertree listens', look, LONGEST_START_MS);
  }

  /** What it wrote since it was started last. */
  get output(): string {
    return this.process?.output ?? '';
  }

  /** What it wrote in its last lives. */
  get history(): string {
    return [...this.said, this.output].join('\n--- started again ---\n');
  }

  /** Counts from the next start on. */
  changeEnvironment(changes: Readonly<Record<string, string>>): void {
    this.env = { ...this.env, ...changes };
  }

  signal(signal: NodeJS.Signals): void {
    this.baseUrl = null;
    this.process?.signal(signal);
  }

  /** Ends it and resolves when the next one has been started, though it may not listen yet. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const { starts } = this;
    this.signal(signal);
    await untilTrue('it is started again', () => this.starts > starts);
  }

  /** Ends it for good: in peace or, if that takes too long, by force. Resolves with its exit code or signal. */
  async stop(): Promise<number | NodeJS.Signals | null> {
    this.isKept = false;
    this.signal('SIGTERM');
    try {
      return (await this.process?.ended()) ?? null;
    } finally {
      await this.process?.dispose();
      await this.keeping;
    }
  }

  private async keep(): Promise<void> {
    for (let failed = 0; this.isKept && failed < FAILED_STARTS;) {
      const listened = await this.live();
      failed = listened ? 0 : failed + 1;
    }
    if (this.isKept) this.defect = new Error(`Alertree does not start any more: ${this.history}`);
  }

  /** One life; resolves, when it is over, with whether it was killed or took requests. */
  private async live(): Promise<boolean> {
    const life = new AlertreeProcess({ main: this.main, env: this.env });
    this.process = life;
    this.starts += 1;
    const url = await life.baseUrl(LONGEST_START_MS).catch(() => null);
    if (this.process === life && this.isKept) this.baseUrl = url;
    const end = await life.whenEnded;
    this.baseUrl = null;
    this.said.push(life.output);
    if (this.said.length > FAILED_STARTS) this.said.shift();
    return url !== null || typeof end === 'string';
  }
}
