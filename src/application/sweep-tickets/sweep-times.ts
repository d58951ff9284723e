const CALM_MS = 30 * 60_000;
const ALERT_MS = 4 * 60_000;
/** So long after the wait for a create without an answer its ticket is looked for more often. */
const ALERT_FOR_MS = 20 * 60_000;

/**
 * When to sweep: at the start, then every 30 minutes, and every 4 from a create that went unanswered until 20 minutes after
 * the wait for it. What the process before this one left unanswered nobody knows, so a start counts as such a create.
 */
export class SweepTimes {
  private lastSweep: number | null = null;
  private lastUnknown: number | null = null;
  /** The first since the last sweep. Not the last: creates that fail without end would put the sweep off without end. */
  private firstUnknown: number | null = null;

  constructor(private readonly lateCommitMs: number) {}

  /** A create went unanswered: its ticket may come within `lateCommitMs`, or even after that. */
  createIsUnknown(now: number): void {
    this.lastUnknown = now;
    this.firstUnknown ??= now;
  }

  /** A sweep has begun. */
  swept(now: number): void {
    this.lastUnknown ??= now;
    this.lastSweep = now;
    this.firstUnknown = null;
  }

  /** How many milliseconds the next sweep is away; 0: it is due. A clock that stepped back makes it due. */
  wait(now: number): number {
    if (this.lastSweep === null || now < this.lastSweep) return 0;
    const isCalm = this.lastUnknown === null || now - this.lastUnknown > this.lateCommitMs + ALERT_FOR_MS;
    const byRhythm = this.lastSweep + (isCalm ? CALM_MS : ALERT_MS);
    const byWindow = this.firstUnknown === null ? 0 : this.firstUnknown + this.lateCommitMs;
    return Math.max(0, Math.max(byRhythm, byWindow) - now);
  }
}
