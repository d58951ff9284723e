/** One label or annotation: its name and its value. */
export type NameValue = readonly [name: string, value: string];

/**
 * The labels of an alert: immutable, sorted by name, safe for every name a label can have (`__proto__`,
 * `constructor`, any UTF-8). Labels with an empty value do not count, as in Alertmanager.
 */
export class LabelSet {
  private constructor(private readonly sorted: readonly NameValue[]) {}

  /** Of two pairs with one name the later counts. Lone surrogates become U+FFFD, so that a hash is always possible. */
  static of(pairs: Iterable<NameValue>): LabelSet {
    const byName = new Map<string, string>();
    for (const [name, value] of pairs) byName.set(name.toWellFormed(), value.toWellFormed());
    const kept = [...byName].filter(([, value]) => value !== '');
    return new LabelSet(kept.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }

  get(name: string): string | undefined {
    return this.sorted.find(([candidate]) => candidate === name)?.[1];
  }

  /** In order of name. */
  entries(): readonly NameValue[] {
    return this.sorted;
  }

  /** The labels whose names are not among the given ones. */
  without(names: readonly string[]): LabelSet {
    return new LabelSet(this.sorted.filter(([name]) => !names.includes(name)));
  }
}
