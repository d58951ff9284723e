/** What happened in a history, by name: fault classes, acts of people, states worth reaching. */
export class Tally {
  private readonly counts = new Map<string, number>();

  count(what: string, times = 1): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + times);
  }

  of(what: string): number {
    return this.counts.get(what) ?? 0;
  }

  get names(): readonly string[] {
    return [...this.counts.keys()];
  }

  /** How often anything happened whose name begins so. */
  sumOf(prefix: string): number {
    return [...this.counts].reduce((sum, [name, count]) => sum + (name.startsWith(prefix) ? count : 0), 0);
  }
}
