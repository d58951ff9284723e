import { HOUR, MINUTE } from '../../support/builders/alerts.js';
import { ALERTS, type ModelAlert } from '../alerts.js';
import type { Chance } from '../chance.js';
import type { Tally } from '../tally.js';
import type { Timeline } from '../timeline.js';

/** What Prometheus tells an Alertmanager of an alert; `endsAt` null: it fires. */
export interface Statement {
  readonly alert: ModelAlert;
  readonly startsAt: number;
  readonly endsAt: number | null;
}

interface Listener {
  hear(statement: Statement): void;
}

/** After so long without Prometheus Alertmanager takes what fired for resolved. */
const PATIENCE = 4 * MINUTE;

/**
 * The hidden truth: which alerts fire, over hours, and what each of two Alertmanagers hears of it. Nobody but the
 * oracle and the pair looks at it.
 */
export class Truth {
  private readonly since = new Map<ModelAlert, number>();
  private readonly lastStart = new Map<ModelAlert, number>();
  /** Who hears nothing from Prometheus now. */
  private readonly deaf = new Set<Listener>();
  private over = false;

  constructor(
    private readonly world: { readonly timeline: Timeline; readonly chance: Chance; readonly tally: Tally },
    private readonly listeners: readonly Listener[],
  ) {}

  /** Alerts begin to come and go. */
  begin(): void {
    const { chance } = this.world;
    const alerts = chance.shuffled(ALERTS).slice(0, chance.between(4, 8));
    for (const alert of alerts) {
      const pace = chance.of([0.2, 0.5, 1, 1, 3]);
      this.world.timeline.in(chance.between(0, 20 * MINUTE), () => this.fire(alert, pace));
    }
    for (let cuts = chance.of([0, 0, 1, 1, 2]); cuts > 0; cuts -= 1) {
      this.world.timeline.in(chance.between(10 * MINUTE, 5 * HOUR), () => this.cutOff());
    }
  }

  /** Nothing new begins; Prometheus is heard everywhere; of what fires some goes on firing for good. */
  end(): void {
    this.over = true;
    for (const listener of this.deaf) this.hearAgain(listener, false);
    this.deaf.clear();
    for (const alert of this.firing) if (this.world.chance.happens(0.5)) this.resolve(alert);
  }

  get firing(): readonly ModelAlert[] {
    return [...this.since.keys()];
  }

  private fire(alert: ModelAlert, pace: number): void {
    if (this.over) return;
    const { timeline, chance, tally } = this.world;
    const last = this.lastStart.get(alert);
    const keepsStart = last !== undefined && chance.happens(0.15);
    if (keepsStart) tally.count('alertmanager: fires again with its old start');
    const startsAt = keepsStart ? last : timeline.now;
    this.since.set(alert, startsAt);
    this.lastStart.set(alert, startsAt);
    this.tell({ alert, startsAt, endsAt: null });
    timeline.in(pace * chance.between(2 * MINUTE, 90 * MINUTE), () => {
      if (this.over) return;
      this.resolve(alert);
      timeline.in(pace * chance.between(MINUTE, 60 * MINUTE), () => this.fire(alert, pace));
    });
  }

  private resolve(alert: ModelAlert): void {
    const startsAt = this.since.get(alert);
    if (startsAt === undefined) return;
    this.since.delete(alert);
    this.tell({ alert, startsAt, endsAt: this.world.timeline.now });
  }

  private tell(statement: Statement): void {
    for (const listener of this.listeners) if (!this.deaf.has(listener)) listener.hear(statement);
  }

  /** Prometheus reaches none, or only one, of the Alertmanagers for a while. */
  private cutOff(): void {
    if (this.over) return;
    const { timeline, chance, tally } = this.world;
    const cut = chance.happens(0.6) ? this.listeners : [chance.of(this.listeners)];
    const restarts = chance.happens(0.5);
    tally.count(
      cut.length > 1 ? 'alertmanager: Prometheus cut off' : 'alertmanager: Prometheus cut off from one peer',
    );
    for (const listener of cut) this.deaf.add(listener);
    timeline.in(PATIENCE, () => {
      for (const listener of cut) if (this.deaf.has(listener)) this.takeForResolved(listener);
    });
    timeline.in(chance.between(2 * MINUTE, 40 * MINUTE), () => {
      for (const listener of cut) if (this.deaf.delete(listener)) this.hearAgain(listener, restarts);
    });
  }

  private takeForResolved(listener: Listener): void {
    const endsAt = this.world.timeline.now;
    for (const [alert, startsAt] of this.since) listener.hear({ alert, startsAt, endsAt });
  }

  /** A Prometheus that was started anew gives what fires a new start. */
  private hearAgain(listener: Listener, restarted: boolean): void {
    const { now } = this.world.timeline;
    for (const alert of ALERTS) {
      const since = this.since.get(alert);
      const known = this.lastStart.get(alert);
      if (since !== undefined) {
        const startsAt = restarted ? now : since;
        this.since.set(alert, startsAt);
        this.lastStart.set(alert, startsAt);
        listener.hear({ alert, startsAt, endsAt: null });
      } else if (known !== undefined) {
        listener.hear({ alert, startsAt: known, endsAt: now });
      }
    }
  }
}
