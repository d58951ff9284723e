/** What names stand twice in one object, where only one of the values could count. */
export interface RepeatedNames {
  /** The first one outside the alerts, with its path; null when there is none. */
  readonly inBody: string | null;
  /** The first one of each alert that has one, by the alert's index. */
  readonly inAlerts: ReadonlyMap<number, AlertWithRepeatedName>;
}

export interface AlertWithRepeatedName {
  readonly name: string;
  /** The whole alert as it was sent: parsed, it has lost a value. */
  readonly sent: string;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const LIST = { opens: 0x5b, closes: 0x5d };
const OBJECT = { opens: 0x7b, closes: 0x7d };
/** The body and its list of alerts are open around an alert. */
const ALERTS_DEPTH = 2;
const LONGEST_NAME_SHOWN = 100;

/** An object or a list that is being read. */
interface Frame {
  /** Names seen so far; null in a list. */
  readonly names: Set<string> | null;
  /** What is read now: the last name, or the index. */
  at: string | number;
  expectsName: boolean;
  readonly start: number;
}

/**
 * Finds the names that `JSON.parse` would let the last value win for. Two readers of such a body disagree about what it
 * says, so nobody may act on it. The text must be valid JSON.
 */
export function repeatedNames(text: string): RepeatedNames {
  const reading = new Reading(text);
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charCodeAt(index);
    if (character === QUOTE) {
      const end = endOfText(text, index);
      reading.text(index, end);
      index = end;
    } else reading.sign(character, index);
  }
  return reading;
}

class Reading implements RepeatedNames {
  inBody: string | null = null;
  readonly inAlerts = new Map<number, AlertWithRepeatedName>();
  private readonly frames: Frame[] = [];

  constructor(private readonly whole: string) {}

  sign(character: number, index: number): void {
    const frame = this.frames.at(-1);
    if (character === OBJECT.opens)
      this.frames.push({ names: new Set(), at: '', expectsName: true, start: index });
    else if (character === LIST.opens)
      this.frames.push({ names: null, at: 0, expectsName: false, start: index });
    else if (character === OBJECT.closes || character === LIST.closes) this.close(index);
    else if (character === COMMA && frame !== undefined) next(frame);
  }

  text(start: number, end: number): void {
    const frame = this.frames.at(-1);
    if (frame?.expectsName !== true || frame.names === null) return;
    const name = nameIn(this.whole.slice(start, end + 1));
    frame.expectsName = false;
    frame.at = name;
    if (frame.names.has(name)) this.found();
    else frame.names.add(name);
  }

  private found(): void {
    const path = this.frames.map(({ at }) => at);
    const [list, index, ...within] = path;
    if (list !== 'alerts' || typeof index !== 'number') this.inBody ??= shown(path);
    else if (!this.inAlerts.has(index)) this.inAlerts.set(index, { name: shown(within), sent: '' });
  }

  private close(index: number): void {
    const closed = this.frames.pop();
    const alert = Number(this.frames.at(-1)?.at);
    const repeated = this.frames.length === ALERTS_DEPTH ? this.inAlerts.get(alert) : undefined;
    if (closed !== undefined && repeated?.sent === '')
      this.inAlerts.set(alert, { ...repeated, sent: this.whole.slice(closed.start, index + 1) });
  }
}

function nameIn(quoted: string): string {
  return quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1);
}

function next(frame: Frame): void {
  if (typeof frame.at === 'number') frame.at += 1;
  else frame.expectsName = true;
}

function shown(path: readonly (string | number)[]): string {
  return path.map((part) => String(part).slice(0, LONGEST_NAME_SHOWN)).join('.');
}

/** Where the text that begins at this quote ends. */
function endOfText(text: string, start: number): number {
  let index = start + 1;
  while (index < text.length && text.charCodeAt(index) !== QUOTE)
    index += text.charCodeAt(index) === BACKSLASH ? 2 : 1;
  return index;
}
