/** A note of Alertree's as it stands on a ticket. */
export interface HeldNote {
  readonly id: string;
  /** It says why its ticket is closed. */
  readonly tellsEnd: boolean;
  readonly account: Account | null;
}

/** What a root's note tells of alerts that are over and have no ticket of their own. */
export interface Account {
  /** How many there are. */
  readonly count: number;
  /** Those that it names; a long list is cut. */
  readonly named: readonly NamedAlert[];
}

export interface NamedAlert {
  readonly instance: string;
  /** To the second, as `2026-06-16 03:00:00`. */
  readonly endedAt: string;
}

/** Our notes among the texts of a ticket's notes, as often as they stand there. */
export function ourNotesIn(texts: readonly string[]): readonly HeldNote[] {
  return texts.flatMap((text) =>
    [...text.matchAll(/^alertree note (\w+)/gm)].map(([, id = '']) => ({
      id,
      tellsEnd: /^(?:Resolved|Closed)\b/m.test(text),
      account: accountIn(text),
    })),
  );
}

/** How accounts write a time that was sent. */
export function secondOf(instant: string): string {
  return new Date(instant).toISOString().slice(0, 19).replace('T', ' ');
}

function accountIn(text: string): Account | null {
  const count = /^Ended without a ticket of their own: (\d+)\./m.exec(text)?.[1];
  if (count === undefined) return null;
  const items = text.matchAll(/^[-*] .*instance:(\w+) .*, ended (\S+ \S+) \+00:00\r?$/gm);
  const named = [...items].map(([, instance = '', endedAt = '']) => ({ instance, endedAt }));
  return { count: Number(count), named };
}
