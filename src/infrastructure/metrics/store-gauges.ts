import { Gauge, Registry } from 'prom-client';
import type { Figures } from '../../application/ports/store-figures.js';
import { BACKEND_ERROR_REASONS } from './reasons.js';

/** `refused`: the backend takes a change of status and does not make it. `other`: a reason of another version. */
const REASONS = [...BACKEND_ERROR_REASONS, 'refused', 'other'];

/** How things stand in the store, shown only together with the figures that they were set from. */
export class StoreGauges {
  private readonly registry = new Registry();
  private readonly groupsDue = this.gauge('alertree_groups_due', 'Ticket groups that wait to be looked at.');
  private readonly groupsFiring = this.gauge(
    'alertree_groups_firing',
    'Ticket groups in which an alert fires.',
  );
  private readonly episodes = {
    firing: this.gauge('alertree_episodes_firing', 'Open episodes that fire.'),
    held: this.gauge('alertree_episodes_held', 'Open episodes whose end is known and does not count yet.'),
    settled: this.gauge(
      'alertree_episodes_settled',
      'Episodes that fire though a person settled their ticket.',
    ),
    flapping: this.gauge(
      'alertree_episodes_flapping',
      'Open episodes that once ended three times within an hour.',
    ),
  };
  private readonly presumed = this.gauge(
    'alertree_presumed_episodes',
    'Episodes that are presumed to fire since their ticket was adopted, and were not heard.',
  );
  private readonly parked = new Gauge({
    name: 'alertree_tickets_parked',
    help: 'Tickets that cannot be delivered as they are, by the reason.',
    labelNames: ['reason'],
    registers: [this.registry],
  });
  private readonly oldest = this.gauge(
    'alertree_oldest_undelivered_change_age_seconds',
    'How long the oldest change waits for a ticket that is not parked; 0 when none does.',
  );

  /** In Prometheus' text format, as of `now`. */
  text(figures: Figures, now: number): Promise<string> {
    const { groupsDue, groupsFiring, episodes, oldestUndelivered } = figures;
    this.groupsDue.set(groupsDue);
    this.groupsFiring.set(groupsFiring);
    this.episodes.firing.set(episodes.firing);
    this.episodes.held.set(episodes.held);
    this.episodes.settled.set(episodes.settled);
    this.episodes.flapping.set(episodes.flapping);
    this.presumed.set(episodes.presumed);
    this.setParked(figures.parked);
    // An age, not a time: with nothing waiting there is none, and the clock of Prometheus may be another.
    this.oldest.set(oldestUndelivered === null ? 0 : Math.max(0, now - oldestUndelivered) / 1000);
    return this.registry.metrics();
  }

  private setParked(counts: ReadonlyMap<string, number>): void {
    for (const reason of REASONS) this.parked.set({ reason }, 0);
    for (const [reason, count] of counts)
      this.parked.inc({ reason: REASONS.includes(reason) ? reason : 'other' }, count);
  }

  private gauge(name: string, help: string): Gauge {
    return new Gauge({ name, help, registers: [this.registry] });
  }
}
