import type { Clock } from '../ports/clock.js';
import type { Logger } from '../ports/logger.js';
import type { Age, OldRecords, Swept } from '../ports/old-records.js';

/** How often all is looked through. */
const PASS_EVERY_MS = 60 * 60_000;
/** Between two steps whatever else needs the store has its turn. */
const BETWEEN_STEPS_MS = 50;
const ROWS_PER_STEP = 150;
/** A dead letter may be as long as 64 kB. */
const LETTERS_PER_STEP = 50;

type Kind = 'groups' | 'alerts' | 'events' | 'deadLetters';
const KINDS: readonly Kind[] = ['groups', 'alerts', 'events', 'deadLetters'];

/**
 * Forgets what was over for as long as it is to be kept, in small steps that never keep the store for long. Doing it
 * again is harmless; a pass that was cut off begins anew.
 */
export class ForgetWhatIsOld {
  private restsUntil = 0;
  /** What this pass has still to look through, the first one from `after` on. */
  private left: readonly Kind[] = KINDS;
  private after = '';
  private forgotten = new Map<Kind, number>();

  constructor(
    private readonly ports: {
      readonly records: OldRecords;
      readonly clock: Clock;
      readonly logger: Logger;
    },
    private readonly settings: {
      readonly retentionMs: number;
      /** The ticket backend instance in use. */
      readonly instance: string;
    },
  ) {}

  /** Does one step if it is time to, and returns in how many milliseconds it wants to be called again. */
  async execute(): Promise<number> {
    const wait = this.restsUntil - this.ports.clock.now();
    if (wait > 0 && wait <= PASS_EVERY_MS) return wait;
    const [kind] = this.left;
    if (kind === undefined) return this.endPass();
    const { forgotten, next } = await this.step(kind);
    this.forgotten.set(kind, (this.forgotten.get(kind) ?? 0) + forgotten);
    this.after = next ?? '';
    if (next === null) this.left = this.left.slice(1);
    return this.rest(BETWEEN_STEPS_MS);
  }

  private step(kind: Kind): Promise<Swept> {
    const { records, clock } = this.ports;
    const { retentionMs, instance } = this.settings;
    const age: Age = { before: clock.now() - retentionMs, instance };
    const step = { after: this.after, rows: ROWS_PER_STEP };
    switch (kind) {
      case 'groups':
        return records.forgetGroups(age, step);
      case 'alerts':
        return records.forgetAlerts(age, step);
      case 'events':
        return records.forgetEvents(age, step);
      case 'deadLetters':
        return records.forgetDeadLetters(age, { ...step, rows: LETTERS_PER_STEP });
    }
  }

  private endPass(): number {
    const fields = Object.fromEntries(this.forgotten);
    if (Object.values(fields).some((count) => count > 0))
      this.ports.logger.info('forgot what is older than it is to be kept', fields);
    this.left = KINDS;
    this.forgotten = new Map();
    return this.rest(PASS_EVERY_MS);
  }

  private rest(milliseconds: number): number {
    this.restsUntil = this.ports.clock.now() + milliseconds;
    return milliseconds;
  }
}
