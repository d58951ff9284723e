import { Counter, type Registry } from 'prom-client';
import type { AlertOutcome, Notification } from '../../application/accept-notification/notification.js';
import { MANY_AT_ONCE } from '../../application/ticket-text/note-text.js';

interface AcceptNotification {
  execute(notification: Notification): Promise<readonly AlertOutcome[]>;
}

const OUTCOMES = {
  opened: 'opened',
  known: 'known',
  ended: 'ended',
  'end-known': 'known',
  stale: 'stale',
  'never-fired': 'never_fired',
} as const satisfies Record<AlertOutcome['kind'], string>;

/** The alerts of the notifications that were taken in, counted once they are durable. */
export class IntakeMetrics {
  private readonly accepted: Counter<'outcome'>;
  private readonly rejected: Counter;
  private readonly massEnds: Counter;

  constructor(registry: Registry) {
    const registers = [registry];
    this.accepted = new Counter({
      name: 'alertree_alerts_accepted_total',
      help: 'Alerts taken in from webhooks, repeats included, by what they meant.',
      labelNames: ['outcome'],
      registers,
    });
    this.rejected = new Counter({
      name: 'alertree_alerts_rejected_total',
      help: 'Alerts of good webhook bodies that could not be understood. They are kept, without a ticket.',
      registers,
    });
    this.massEnds = new Counter({
      name: 'alertree_mass_ends_total',
      help: `Webhook bodies in which ${MANY_AT_ONCE} or more alerts ended at once.`,
      registers,
    });
    for (const outcome of Object.values(OUTCOMES)) this.accepted.inc({ outcome }, 0);
  }

  /** The same use case, counted. */
  counted(useCase: AcceptNotification): AcceptNotification {
    return {
      execute: async (notification) => {
        const outcomes = await useCase.execute(notification);
        this.count(outcomes, notification.rejected.length);
        return outcomes;
      },
    };
  }

  private count(outcomes: readonly AlertOutcome[], rejected: number): void {
    for (const { kind } of outcomes) this.accepted.inc({ outcome: OUTCOMES[kind] });
    this.rejected.inc(rejected);
    const ended = outcomes.filter(({ kind }) => kind === 'ended').length;
    if (ended >= MANY_AT_ONCE) this.massEnds.inc();
  }
}
