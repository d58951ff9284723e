import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Occurrence } from './occurrence.js';
import type { Fact, Sender } from './sender.js';

/** So many of a group fire at most. */
const MOST_FIRING = 6;
/** An alert that ends more often within an hour flaps, and is then held open for half an hour. */
const MOST_ENDS = 2;
/** So long it then stays calm: accounts tell its ends apart by the second. */
const CALM_MS = 1_000;
const PAUSE_MS = { least: 20, most: 220 };

interface LoadedAlert {
  readonly instance: string;
  ends: number;
  endedAt: number;
  /** null: it does not fire. */
  current: Occurrence | null;
}

/** What one Alertmanager group sends for as long as it is let: new alerts, ends, relapses, repeats and copies. */
export class GroupLoad {
  private readonly alerts: LoadedAlert[] = [];
  private serial = 0;
  private goesOn = false;

  /** Alerts are unique by the group's name, which has word characters only. */
  constructor(
    private readonly group: string,
    private readonly sender: Sender,
    private readonly pauseMs: Readonly<typeof PAUSE_MS> = PAUSE_MS,
  ) {}

  /** Sends until `stop`; resolves when the last notification was acknowledged. */
  async run(): Promise<void> {
    this.goesOn = true;
    while (this.goesOn) {
      await this.turn();
      await pause(randomInt(this.pauseMs.least, this.pauseMs.most));
    }
  }

  stop(): void {
    this.goesOn = false;
  }

  /** Everything of the group is over. */
  async end(): Promise<void> {
    const facts = this.firing.map((alert) => this.resolve(alert));
    if (facts.length > 0) await this.sender.send(facts);
  }

  private get firing(): LoadedAlert[] {
    return this.alerts.filter(({ current }) => current !== null);
  }

  private async turn(): Promise<void> {
    const touched = new Set<LoadedAlert>();
    const news = Array.from({ length: randomInt(1, 4) }, () => this.change(touched));
    const repeats = randomInt(4) === 0 ? this.firing.filter((alert) => !touched.has(alert)) : [];
    const facts = [...news, ...repeats.map(({ current }) => firingOf(current))].filter(
      (fact) => fact !== null,
    );
    if (facts.length > 0) await this.sender.send(facts, randomInt(2) === 0);
  }

  /** A notification has an alert once. */
  private change(touched: Set<LoadedAlert>): Fact | null {
    const chance = Math.random();
    const firing = this.firing.filter((alert) => !touched.has(alert));
    const calm = this.alerts.filter((alert) => !touched.has(alert) && isCalm(alert));
    const ending = chance < 0.4 ? oneOf(firing) : undefined;
    if (ending !== undefined) {
      touched.add(ending);
      return this.resolve(ending);
    }
    if (this.firing.length >= MOST_FIRING) return null;
    const beginning = (chance < 0.6 ? oneOf(calm) : undefined) ?? this.newAlert();
    touched.add(beginning);
    return this.fire(beginning);
  }

  private newAlert(): LoadedAlert {
    const alert = { instance: `${this.group}h${this.alerts.length}`, ends: 0, endedAt: 0, current: null };
    this.alerts.push(alert);
    return alert;
  }

  private fire(alert: LoadedAlert): Fact {
    this.serial += 1;
    const id = `${alert.instance}n${this.serial}`;
    alert.current = { id, group: this.group, instance: alert.instance, startsAt: now() };
    return { occurrence: alert.current, endsAt: null };
  }

  private resolve(alert: LoadedAlert): Fact {
    if (alert.current === null) throw new Error('only what fires can end');
    const fact = { occurrence: alert.current, endsAt: now() };
    alert.ends += 1;
    alert.endedAt = Date.now();
    alert.current = null;
    return fact;
  }
}

function firingOf(occurrence: Occurrence | null): Fact | null {
  return occurrence === null ? null : { occurrence, endsAt: null };
}

function isCalm({ current, ends, endedAt }: LoadedAlert): boolean {
  return current === null && ends < MOST_ENDS && Date.now() - endedAt > CALM_MS;
}

function oneOf<T>(all: readonly T[]): T | undefined {
  return all.length === 0 ? undefined : all[randomInt(all.length)];
}

function now(): string {
  return new Date().toISOString();
}
