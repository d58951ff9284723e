import { inOneForm, SecondReading, tokensOf } from './second-reading.js';

/** An alert that must be rejected. */
export interface SentAlert {
  /** In the form of `inOneForm`. */
  readonly content: string;
  /** Its JSON text without blanks, as it is to be kept when it is too long to be kept in full. */
  readonly text: string;
}

export interface Told {
  readonly problem: string;
  readonly sent: SentAlert;
}

export interface Kept {
  readonly problem: string;
  readonly body: string;
}

/** So much of an alert is kept. */
const KEPT_CHARACTERS = 65_536;
const BLANKS_BETWEEN_TOKENS = /"(?:[^"\\]|\\.)*"?|\s+/gs;

/** What was told and not kept, and what is kept and was not told, shortened for people; both are empty when all is well. */
export function differences(
  told: readonly Told[],
  kept: readonly Kept[],
): { readonly notKept: readonly string[]; readonly notTold: readonly string[] } {
  const whole = new Set<string>();
  const cut: Kept[] = [];
  for (const { problem, body } of kept) {
    const content = contentOf(body);
    if (content === null) cut.push({ problem, body: startOf(body) });
    else whole.add(`${problem} ${content}`);
  }
  const isOf = (one: Told, letter: Kept): boolean =>
    one.problem === letter.problem && one.sent.text.startsWith(letter.body);
  const known = new Set(told.map(({ problem, sent }) => `${problem} ${sent.content}`));
  const notKept = told.filter(
    (one) => !whole.has(`${one.problem} ${one.sent.content}`) && !cut.some((letter) => isOf(one, letter)),
  );
  return {
    notKept: notKept.map(({ problem, sent }) => shortened(`${problem} ${sent.content}`)),
    notTold: [
      ...[...whole].filter((letter) => !known.has(letter)),
      ...cut.filter((letter) => !told.some((one) => isOf(one, letter))).map(({ body }) => body),
    ].map(shortened),
  };
}

/** null: it is no JSON, because the end was cut off. */
function contentOf(text: string): string | null {
  const tokens = tokensOf(Buffer.from(text));
  return tokens === null ? null : inOneForm(new SecondReading(tokens).root);
}

/** A body that was cut off, without blanks; the cut may have gone through a character of two halves. */
function startOf(body: string): string {
  if (body.length !== KEPT_CHARACTERS) return `neither JSON nor cut off: ${body}`;
  const text = body.replace(BLANKS_BETWEEN_TOKENS, (found) => (found.startsWith('"') ? found : ''));
  return text.replace(/\ufffd$/, '');
}

function shortened(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
