import type { AlertOutcome } from '../../../src/application/accept-notification/notification.js';
import type { RouteSettings } from '../../../src/domain/route/route-settings.js';
import { HOUR, MINUTE } from '../../support/builders/alerts.js';
import type { Body, Fact, ModelAlert } from '../alerts.js';
import type { Timeline } from '../timeline.js';
import type { TrackerTicket } from '../trackers/tracker.js';

/** Restarts and slow answers included, what is due is delivered within so long. */
const DELIVERING = 10 * MINUTE;
/** After a failed call it is waited for at most so long. */
const BACKING_OFF = 30 * MINUTE;

interface End {
  readonly heardAt: number;
  readonly endsAt: number;
  /** It may count from then on. */
  readonly countsFrom: number;
}

/** What the facts that were heard of one alert mean, by the words of the design and not by its code. */
export interface Meaning {
  readonly alert: ModelAlert;
  fires: boolean;
  newestStart: number;
  /** When the firing that goes on was first heard, gaps within the hold not counted. */
  since: number;
  /** The most episodes that it can have had. */
  mostEpisodes: number;
  /** Ends that no later firing has taken back. */
  ends: readonly End[];
  /** When each firing was first heard that no held end can have taken into an earlier episode. */
  begins: readonly number[];
  /** When it was last heard to end, ends that were taken back included. */
  recentEnds: readonly number[];
  /** Whether a new episode began, or one that was held went on, cannot be told from outside; nor what is stale since. */
  isUncertain: boolean;
  /**
   * How the store knows of it: it was heard since the store was last emptied, or a ticket stood open then, whose alert
   * is presumed to fire until it is heard; or nothing tells.
   */
  knownBy: 'hearing' | 'ticket' | 'nothing';
  /** Its first end since then may have met nothing that fired, and counts towards flapping or not. */
  isEndForgotten: boolean;
  lastFiring: Fact;
}

/** Everything that Alertree has promised to know, in the order in which it took it in. */
export class Facts {
  readonly meanings = new Map<ModelAlert, Meaning>();
  readonly violations: string[] = [];
  heard = 0;
  /** Where clocks stepped or people acted holds can be shorter than they seem from outside. */
  holdsAreCertain = true;
  private failedAt = 0;

  constructor(
    private readonly timeline: Timeline,
    private readonly route: RouteSettings,
  ) {}

  /**
   * I20: each alert of a body means exactly one thing. I1: the sender is told so only when it is durable; what is lost
   * here a repeat may mend long before the history is judged.
   */
  answered(body: Body, outcomes: readonly AlertOutcome[], isCommitted: boolean): void {
    if (!isCommitted) this.violations.push('a body was acknowledged and is not committed');
    const told = new Set(outcomes.map(({ index }) => index));
    if (outcomes.length !== body.length || told.size !== body.length)
      this.violations.push(`a body of ${body.length} alerts was answered with ${outcomes.length} outcomes`);
  }

  /** Nothing may be delivered for a while: a call of the backend failed. */
  callFailed(): void {
    this.failedAt = this.timeline.now;
  }

  hear(body: Body): void {
    this.heard += body.length;
    for (const fact of body) if (fact.status === 'firing') this.hearFiring(fact);
    for (const fact of body) if (fact.status === 'resolved') this.hearResolved(fact);
  }

  /**
   * With the store the starts and ends are gone that were heard, and how often an alert had ended; what was over and
   * still open is presumed to fire. An end that had still to count never will.
   */
  storeEmptied(tickets: readonly TrackerTicket[]): void {
    const open = new Set(
      tickets.filter(({ status }) => status !== 'closed').map(({ alertHash }) => alertHash),
    );
    for (const known of this.meanings.values()) {
      known.knownBy = open.has(known.alert.hash) ? 'ticket' : 'nothing';
      known.newestStart = Number.NEGATIVE_INFINITY;
      known.recentEnds = [];
      known.ends = known.ends.filter(({ countsFrom }) => countsFrom <= this.timeline.now);
    }
  }

  ofHash(hash: string | null): Meaning | null {
    for (const meaning of this.meanings.values()) if (meaning.alert.hash === hash) return meaning;
    return null;
  }

  /** I3: an end that counts by now was heard of what fired when its ticket was first to be created. */
  hasEndedSince(hash: string, created: number): boolean {
    const { ends = [], begins = [] } = this.ofHash(hash) ?? {};
    const begun = begins.findLast((at) => at <= created) ?? 0;
    return ends.some((end) => end.heardAt >= begun && end.countsFrom <= this.timeline.now);
  }

  private hearFiring(fact: Fact): void {
    const { alert, startsAt } = fact;
    const { now } = this.timeline;
    const known = this.meanings.get(alert);
    if (known === undefined) {
      const first = { fires: true, newestStart: startsAt, since: now, mostEpisodes: 1 };
      const none = { begins: [now], ends: [], recentEnds: [], isUncertain: false };
      const whole = { knownBy: 'hearing', isEndForgotten: false } as const;
      this.meanings.set(alert, { alert, lastFiring: fact, ...whole, ...first, ...none });
      return;
    }
    const wasHeard = known.knownBy === 'hearing';
    const wasPresumed = known.knownBy === 'ticket';
    known.lastFiring = fact;
    known.knownBy = 'hearing';
    const isNewer = startsAt > known.newestStart;
    if (known.fires) {
      // A person may have settled the one before, or an adopted root was closed before its alert was heard again.
      if (!this.holdsAreCertain || !wasHeard) known.mostEpisodes += Number(isNewer);
      if (isNewer) known.isUncertain = false;
      known.newestStart = Math.max(known.newestStart, startsAt);
      return;
    }
    known.fires = true;
    known.mostEpisodes += 1;
    const last = known.ends.at(-1);
    const goesOn = last !== undefined && now < last.countsFrom;
    if (goesOn) known.ends = known.ends.slice(0, -1);
    const mayGoOn = goesOn || this.mayBeHeldStill(known, last);
    known.isUncertain = mayGoOn && !goesOn && startsAt < known.newestStart;
    known.newestStart = goesOn ? Math.max(known.newestStart, startsAt) : startsAt;
    if (mayGoOn) return;
    // Of what was presumed to fire all the while a person may have decided before.
    if (!wasPresumed) known.since = now;
    known.begins = [...known.begins, now];
  }

  /** An end that was held counts when Alertree gets to it: not before, and later where nothing can be delivered. */
  private mayBeHeldStill(known: Meaning, last: End | undefined): boolean {
    if (last === undefined) return false;
    const { now } = this.timeline;
    // A clock that stepped back, or a third end that not everybody counts, holds for longer than can be told.
    if (!this.isHoldCertain(known)) return now < last.countsFrom + 2 * HOUR;
    if (last.countsFrom === last.heardAt) return false;
    return (
      now <
      Math.max(
        last.countsFrom,
        this.failedAt > last.countsFrom - BACKING_OFF ? this.failedAt + BACKING_OFF : 0,
      ) +
        DELIVERING
    );
  }

  private hearResolved({ alert, endsAt }: Fact): void {
    const known = this.meanings.get(alert);
    if (known === undefined) return;
    const { now } = this.timeline;
    const last = known.ends.at(-1);
    if (known.fires || known.knownBy === 'ticket') {
      if (endsAt < known.newestStart) return;
      known.isEndForgotten ||= known.knownBy !== 'hearing';
      if (known.knownBy === 'ticket') known.knownBy = 'hearing';
      known.fires = false;
      known.recentEnds = [...known.recentEnds, now].slice(-3);
      known.ends = [...known.ends, this.endOf(known, now, endsAt)];
    } else if (last !== undefined && now < last.countsFrom && endsAt > last.endsAt) {
      known.ends = [...known.ends.slice(0, -1), this.endOf(known, last.heardAt, endsAt)];
    }
  }

  private isHoldCertain({ isEndForgotten }: Meaning): boolean {
    return this.holdsAreCertain && !isEndForgotten;
  }

  private endOf(known: Meaning, heardAt: number, endsAt: number): End {
    const { now } = this.timeline;
    // An end that is only noted takes the alert's next firing into the same episode, however late.
    if (this.route.autoClose === 'note') return { heardAt, endsAt, countsFrom: Number.POSITIVE_INFINITY };
    const recent = known.recentEnds.filter((at) => at > now - HOUR).length;
    const flaps = this.isHoldCertain(known) && recent >= 3 ? 30 * MINUTE : 0;
    return { heardAt, endsAt, countsFrom: now + Math.max(this.route.closeAfterMs, flaps) };
  }
}
