import { DEFAULT_ROUTE, type RouteSettings } from '../../../../src/domain/route/route-settings.js';
import type { TicketChange } from '../../../../src/application/ports/ticket-backend.js';
import type { GroupDetails } from '../../../../src/application/ports/ticket-group-queries.js';
import { ALERTS, type ModelAlert } from '../../../simulation/alerts.js';
import { violationsAtRest } from '../../../simulation/oracle/at-rest.js';
import { Facts } from '../../../simulation/oracle/facts.js';
import { quietRepeats } from '../../../simulation/oracle/quiet-repeats.js';
import { Touches } from '../../../simulation/oracle/touches.js';
import { Watch } from '../../../simulation/oracle/watch.js';
import { Tally } from '../../../simulation/tally.js';
import { Timeline } from '../../../simulation/timeline.js';
import type { PersonAct, Tracker, TrackerTicket } from '../../../simulation/trackers/tracker.js';

/** An alert by its name and host, as `DiskFull A`. */
export function alertOf(title: string): ModelAlert {
  const found = ALERTS.find(({ name, host }) => `${name} ${host}` === title);
  if (found === undefined) throw new Error(`no alert is called ${title}`);
  return found;
}

export function ticketOf(id: string, alert: ModelAlert, given: Partial<TrackerTicket> = {}): TrackerTicket {
  const key = id.padStart(32, '0');
  const description = `alertname: ${alert.name}\ninstance: ${alert.host}\n\nalertree ${key} ${alert.hash}`;
  const base = { id, status: 'open', parentId: null, description, notes: [], key } as const;
  return { ...base, alertHash: alert.hash, ...given };
}

/** A history without a service: what was heard, what is in the tracker and what was done there are said by the test. */
export class Judged {
  readonly timeline = new Timeline();
  readonly facts: Facts;
  readonly watch: Watch;
  readonly touches: Touches;
  private readonly route: RouteSettings;
  private readonly tickets: TrackerTicket[] = [];
  private readonly tracker = {
    opened: new Set(),
    late: new Set(),
    tickets: () => this.tickets,
  } as unknown as Tracker;

  constructor(route: Partial<RouteSettings> = {}) {
    const { timeline, tracker } = this;
    this.route = { ...DEFAULT_ROUTE, ...route };
    const facts = new Facts(timeline, this.route);
    const touches = new Touches({ timeline, tracker });
    this.facts = facts;
    this.touches = touches;
    this.watch = new Watch({ timeline, tracker, facts, touches, tally: new Tally() });
  }

  fires(alert: ModelAlert, startsAt = this.timeline.now): void {
    this.facts.hear([{ alert, status: 'firing', startsAt, endsAt: 0 }]);
  }

  ends(alert: ModelAlert): void {
    const { now } = this.timeline;
    this.facts.hear([{ alert, status: 'resolved', startsAt: 0, endsAt: now }]);
  }

  /** Tickets that were created by us, and are as they are now. */
  holds(...tickets: readonly TrackerTicket[]): void {
    for (const { key, alertHash } of tickets) this.watch.begins('open', [{ key, alertId: alertHash }]);
    this.tickets.push(...tickets);
  }

  /** The store is emptied. */
  loses(): void {
    this.facts.storeEmptied(this.tickets);
    this.watch.storeEmptied(this.tickets);
  }

  strips(id: string): void {
    const index = this.tickets.findIndex((ticket) => ticket.id === id);
    const found = this.tickets[index];
    if (found !== undefined) this.tickets[index] = { ...found, key: null, alertHash: null };
  }

  person(act: PersonAct, id: string): void {
    this.touches.add(this.touches.preparing(act, id, null));
  }

  updates(id: string, change: TicketChange): void {
    const no = this.watch.begins('update', [id, change]);
    this.watch.ends(no, { status: 'fulfilled', value: undefined });
  }

  reads(id: string): void {
    const no = this.watch.begins('fetchMany', [[id]]);
    this.watch.ends(no, { status: 'fulfilled', value: new Map([[id, 'missing']]) });
  }

  /** All that is wrong with writes so far, and with what is left. */
  violations(shown: readonly GroupDetails[] = []): readonly string[] {
    const { facts, tickets, tracker, touches, watch, route } = this;
    const atRest = violationsAtRest({ facts, tickets, tracker, touches, watch, route, shown });
    return [...watch.violations, ...atRest];
  }

  /** What is wrong with writes that follow a repeat of all that fires. */
  afterRepeat(write: () => void): Promise<readonly string[]> {
    return quietRepeats(this, async () => write());
  }
}
