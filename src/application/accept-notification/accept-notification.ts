import { Alert } from '../../domain/alert/alert.js';
import type { Moment } from '../../domain/ticket-group/moment.js';
import type { OpenOrGroup } from '../open-or-group/open-or-group.js';
import type { Clock } from '../ports/clock.js';
import type { Doorbell } from '../ports/doorbell.js';
import type { Identifiers } from '../ports/identifiers.js';
import type { DeadLetter, Store } from '../ports/store.js';
import type { ResolveAndClose } from '../resolve-and-close/resolve-and-close.js';
import { Intake, type IntakeSettings } from './intake.js';
import type { AlertOutcome, Notification, RejectedAlert } from './notification.js';

/**
 * Takes one notification in: when it returns, every alert of it is durable, with what it means. One transaction, all
 * or nothing; the ticket backend is not called and need not be up. Throws `StoreUnavailableError` when the store
 * fails; taking the same notification in again is harmless.
 */
export class AcceptNotification {
  constructor(
    private readonly useCases: {
      readonly openOrGroup: OpenOrGroup;
      readonly resolveAndClose: ResolveAndClose;
    },
    private readonly settings: IntakeSettings,
    private readonly ports: {
      readonly store: Store;
      readonly clock: Clock;
      readonly ids: Identifiers;
      readonly doorbell: Doorbell;
    },
  ) {}

  /** One outcome for each alert, in the order of the body. */
  async execute(notification: Notification): Promise<readonly AlertOutcome[]> {
    const { store, clock, ids, doorbell } = this.ports;
    const arrivedAt = clock.now();
    const alerts = notification.alerts.map(({ alert }) => new Alert(alert, arrivedAt, ids.hash));
    const letters = notification.rejected.map((rejected) =>
      this.deadLetter(notification.source, rejected, arrivedAt),
    );
    const outcomes = await store.transaction(async (repositories) => {
      const moment: Moment = { now: arrivedAt, newId: () => ids.next() };
      const intake = await Intake.load(repositories, alerts, this.settings, { moment, ids });
      const results = this.interpret(intake, alerts);
      await intake.save(repositories);
      await repositories.deadLetters.save(letters);
      return results;
    });
    doorbell.ring();
    return inOrderOfBody(notification, alerts, outcomes);
  }

  /** All that fires counts before all that is resolved. */
  private interpret(intake: Intake, alerts: readonly Alert[]): ReadonlyMap<Alert, Meaning> {
    const firing = alerts.filter((alert) => alert.status === 'firing');
    const resolved = alerts.filter((alert) => alert.status === 'resolved');
    const { openOrGroup, resolveAndClose } = this.useCases;
    const outcomes = [...openOrGroup.execute(intake, firing), ...resolveAndClose.execute(intake, resolved)];
    return new Map(outcomes.map((outcome) => [outcome.alert, outcome]));
  }

  private deadLetter(source: string, rejected: RejectedAlert, receivedAt: number): DeadLetter {
    return { id: this.ports.ids.next(), source, receivedAt, problem: rejected.problem, body: rejected.body };
  }
}

type Meaning = Pick<AlertOutcome, 'kind' | 'episodeId'>;

function inOrderOfBody(
  notification: Notification,
  alerts: readonly Alert[],
  outcomes: ReadonlyMap<Alert, Meaning>,
): readonly AlertOutcome[] {
  return alerts.flatMap((alert, position) => {
    const outcome = outcomes.get(alert);
    const index = notification.alerts[position]?.index;
    if (outcome === undefined || index === undefined) return [];
    return { index, label: labelOf(alert), kind: outcome.kind, episodeId: outcome.episodeId };
  });
}

function labelOf(alert: Alert): string {
  return `${alert.labels.get('alertname') ?? 'unknown'}:${alert.labels.get('instance') ?? 'unknown'}`;
}
