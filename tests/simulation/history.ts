import type { Clock } from '../../src/application/ports/clock.js';
import { DEFAULT_ROUTE, type RouteSettings } from '../../src/domain/route/route-settings.js';
import { HOUR, MINUTE } from '../support/builders/alerts.js';
import { Network } from './alertmanager/network.js';
import { AlertmanagerPair } from './alertmanager/pair.js';
import { AlertreeProcess } from './alertree/alertree-process.js';
import { Hazards } from './alertree/hazards.js';
import { plainStore, sqlStore, type SimulatedStore } from './alertree/stores.js';
import type { Mutation } from './alertree/surroundings.js';
import { Chance } from './chance.js';
import { Mischief } from './mischief.js';
import { violationsAtRest } from './oracle/at-rest.js';
import { Facts } from './oracle/facts.js';
import { quietRepeats } from './oracle/quiet-repeats.js';
import { countStates } from './oracle/states.js';
import { Touches } from './oracle/touches.js';
import { Watch } from './oracle/watch.js';
import { People } from './people.js';
import { Tally } from './tally.js';
import { SimulatedIdentifiers } from './simulated-identifiers.js';
import { Timeline } from './timeline.js';
import { Trace } from './trace.js';
import { FaultPlan } from './trackers/fault-plan.js';
import { PlainTracker } from './trackers/plain-tracker.js';
import { RedmineTracker } from './trackers/redmine-tracker.js';

/**
 * `real`: the SQL store and the adapter for Redmine before a model of Redmine. `plain`: the in-memory store and backend,
 * which the contract suites hold to the real ones, and which take a tenth of the time.
 */
export type Level = 'real' | 'plain';

export interface HistoryResult {
  readonly seed: number;
  readonly level: Level;
  readonly violations: readonly string[];
  readonly tally: Tally;
  /** Alerts in bodies that were taken in. */
  readonly facts: number;
  readonly trace: Trace;
}

const LEAST_FACTS = 60;
const LEAST_FAULTS = 3;
/** Longer than any hold, back-off and repeated question takes. */
const REST = 3 * HOUR;
/** Longer than notes gather: what was heard last is told by then. */
const GATHERING = 15 * MINUTE;

/** A history from a seed: the same seed gives the same history, to the millisecond. */
export async function playHistory(
  seed: number,
  level: Level,
  mutation: Mutation = {},
): Promise<HistoryResult> {
  const history = new History(seed, level === 'real' ? await sqlStore() : plainStore(), { level, mutation });
  const violations = await history.play();
  const { tally, facts, trace } = history;
  return { seed, level, violations, tally, facts: facts.heard, trace };
}

class History {
  readonly tally = new Tally();
  readonly timeline = new Timeline();
  readonly trace = new Trace(this.timeline);
  readonly facts: Facts;
  readonly chance: Chance;
  readonly route: RouteSettings;
  readonly faults = new FaultPlan(this);
  readonly hazards = new Hazards(this.tally);
  readonly tracker;
  readonly touches: Touches;
  readonly watch: Watch;
  private readonly network: Network;
  private readonly pair: AlertmanagerPair;
  private readonly ids: SimulatedIdentifiers;
  private readonly mischief: Mischief;
  private clockOffset = 0;
  private process: AlertreeProcess | null = null;

  constructor(
    seed: number,
    private readonly stored: SimulatedStore,
    private readonly given: { readonly level: Level; readonly mutation: Mutation },
  ) {
    this.chance = new Chance(seed);
    this.ids = new SimulatedIdentifiers(this.chance);
    this.route = routeFrom(this.chance);
    this.trace.add(() => `seed ${seed}, ${given.level}, ${JSON.stringify(this.route)}`);
    this.facts = new Facts(this.timeline, this.route);
    this.tracker = given.level === 'real' ? new RedmineTracker(this) : new PlainTracker(this);
    this.touches = new Touches(this);
    this.watch = new Watch(this);
    this.network = new Network(this, async (body) => {
      const reception = (await this.process?.hear(body)) ?? 'unanswered';
      this.trace.body(body, reception);
      return reception;
    });
    this.pair = new AlertmanagerPair(this, this.network);
    this.mischief = new Mischief(this, new People(this), {
      stepBack: (milliseconds) => this.stepBack(milliseconds),
      emptyStore: () => this.timeline.in(0, () => this.emptyStore()),
    });
  }

  async play(): Promise<readonly string[]> {
    try {
      this.timeline.in(0, () => this.start());
      this.pair.begin();
      await this.untilMuchHappened();
      this.endOfTrouble();
      await this.timeline.run(REST);
      this.network.isCut = true;
      await this.timeline.run(GATHERING);
      return await this.judge();
    } catch (error) {
      return [`it failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
    }
  }

  private async untilMuchHappened(): Promise<void> {
    const ends = this.timeline.now + this.chance.between(30 * MINUTE, 3 * HOUR);
    const isOver = (): boolean =>
      this.timeline.now >= ends && this.facts.heard >= LEAST_FACTS && this.mischief.faults >= LEAST_FAULTS;
    while (!isOver()) {
      this.mischief.happen();
      await this.timeline.run(this.chance.between(MINUTE, 20 * MINUTE));
    }
  }

  private endOfTrouble(): void {
    this.trace.add(() => 'all is well from now on');
    this.network.isCalm = true;
    this.faults.end();
    this.hazards.end();
    this.pair.end();
  }

  private async judge(): Promise<readonly string[]> {
    const { facts, tracker, touches, watch, route } = this;
    const shown = await this.stored.shown();
    const tickets = tracker.tickets();
    countStates(shown, this.tally);
    this.trace.tickets(tickets);
    const atRest = violationsAtRest({ facts, tickets, tracker, touches, watch, route, shown });
    const repeats = await quietRepeats(this, async (body) => void (await this.process?.hear(body)));
    return [...facts.violations, ...watch.violations, ...atRest, ...repeats];
  }

  private async start(): Promise<void> {
    const clock: Clock = { now: () => this.timeline.now + this.clockOffset };
    const { mutation } = this.given;
    const died = (): void => {
      this.trace.add(() => 'Alertree dies');
      this.process = null;
      this.timeline.in(this.chance.between(500, 3 * MINUTE), () => this.start());
    };
    this.touches.processStarted();
    this.process = new AlertreeProcess({ ...this.surroundings(), clock, mutation, died });
    await this.process.start();
  }

  private surroundings() {
    const { timeline, chance, tracker, ids, route, hazards, facts, watch, trace } = this;
    return { timeline, chance, tracker, ids, route, hazards, facts, watch, trace, store: this.stored.store };
  }

  /** Between two lives. */
  private async emptyStore(): Promise<void> {
    this.process?.die();
    this.trace.add(() => 'the store is emptied');
    await this.stored.empty();
    const tickets = this.tracker.tickets();
    this.facts.storeEmptied(tickets);
    this.watch.storeEmptied(tickets);
    this.touches.storeEmptied();
  }

  private stepBack(milliseconds: number): void {
    this.clockOffset -= milliseconds;
    this.facts.holdsAreCertain = false;
  }
}

function routeFrom(chance: Chance): RouteSettings {
  return {
    ...DEFAULT_ROUTE,
    root: chance.of(['alert', 'alert', 'summary']),
    maxChildren: chance.of([0, 1, 2, 50, 50, 50]),
    groupSpanMs: chance.of([0, HOUR, 48 * HOUR, 48 * HOUR]),
    closeAfterMs: chance.of([0, 0, 10 * MINUTE]),
    autoClose: chance.of(['close', 'close', 'close', 'close', 'note']),
  };
}
