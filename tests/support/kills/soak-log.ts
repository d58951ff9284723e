import { appendFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KINDS } from './checker.js';

/**
 * What is counted: kills; occurrences of alerts that were acknowledged and judged, those with a ticket of their own, and
 * those that an account tells of; tickets that were checked; checks at rest; requests that Redmine failed; whatever the
 * checks found wrong; duplicates that came and were folded.
 */
const COUNTED = [
  'kills',
  'occurrences',
  'ticketed',
  'accounted',
  'tickets',
  'checks',
  'faults',
  ...KINDS,
  'folded',
] as const;

type Counts = Readonly<Record<(typeof COUNTED)[number], number>>;

/** What a soak has seen, over all its runs. */
export interface SoakFigures extends Counts {
  readonly longestFoldedMs: number;
}

/** The figures of a soak and its log, in a folder; what was counted there before is counted on. */
export class SoakLog {
  private constructor(
    private readonly folder: string,
    private current: SoakFigures,
  ) {}

  static async open(folder: string): Promise<SoakLog> {
    await mkdir(folder, { recursive: true });
    const text = await readFile(join(folder, 'figures.json'), 'utf8').catch(() => '{}');
    const before = JSON.parse(text) as Partial<SoakFigures>;
    return new SoakLog(folder, {
      ...countsOf((name) => before[name] ?? 0),
      longestFoldedMs: before.longestFoldedMs ?? 0,
    });
  }

  get figures(): SoakFigures {
    return this.current;
  }

  /** Adds what was seen since the last time, and writes the sums as a line to the log and to standard output. */
  async add(seen: Partial<Counts>, livesOfFoldedMs: readonly number[] = []): Promise<void> {
    const { current } = this;
    this.current = {
      ...countsOf((name) => current[name] + (seen[name] ?? 0)),
      longestFoldedMs: Math.max(current.longestFoldedMs, ...livesOfFoldedMs),
    };
    const figures = Object.entries(this.current).map(([name, value]) => `${name}=${value}`);
    await this.say(figures.join(' '));
    const path = join(this.folder, 'figures.json');
    await writeFile(`${path}.new`, `${JSON.stringify(this.current, null, 2)}\n`);
    await rename(`${path}.new`, path);
  }

  async say(text: string): Promise<void> {
    const line = `${new Date().toISOString()} ${text}\n`;
    process.stdout.write(line);
    await appendFile(join(this.folder, 'soak.log'), line);
  }
}

function countsOf(count: (name: keyof Counts) => number): Counts {
  return Object.fromEntries(COUNTED.map((name) => [name, count(name)])) as Counts;
}
