import { Alert } from '../../domain/alert/alert.js';
import type { Moment } from '../../domain/ticket-group/moment.js';
import type { OpenOrGroup } from '../open-or-group/open-or-group.js';
import type { Clock } from '../ports/clock.js';
import type { Doorbell } from '../ports/doorbell.js';
import { inParts, type GiveWay } from '../ports/give-way.js';
import type { Identifiers } from '../ports/identifiers.js';
import type { DeadLetter, Store } from '../ports/store.js';
import type { ResolveAndClose } from '../resolve-and-close/resolve-and-close.js';
import { Intake, type IntakeSettings } from './intake.js';
import type { AlertOutcome, Notification, RejectedAlert } from './notification.js';
import { SharedWork } from './shared-work.js';

/** Notifications that wait for the store together share a commit, up to so many alerts. */
const ALERTS_TOGETHER = 250;

/** A notification as it is taken in: its alerts with their identity, its dead letters. */
interface Arrival {
  readonly notification: Notification;
  readonly alerts: readonly Alert[];
  readonly letters: readonly DeadLetter[];
}

/**
 * Takes notifications in: when `execute` returns, every alert of its notification is durable, with what it means. A
 * notification counts as a whole or not at all, also where it shares its transaction with others that came meanwhile;
 * they count in the order in which they came. The ticket backend is not called and need not be up. Throws
 * `StoreUnavailableError` when the store fails; taking the same notification in again is harmless.
 */
export class AcceptNotification {
  private readonly commits: SharedWork<Arrival, readonly AlertOutcome[]>;

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
      readonly giveWay: GiveWay;
    },
  ) {
    this.commits = new SharedWork(
      { size: ALERTS_TOGETHER, sizeOf: ({ alerts, letters }) => alerts.length + letters.length },
      (arrivals) => this.commit(arrivals),
      ports.giveWay,
    );
  }

  /** A notification is being taken in: its sender waits for the store. */
  get isBusy(): boolean {
    return this.commits.isBusy;
  }

  /** One outcome for each alert, in the order of the body. */
  async execute(notification: Notification): Promise<readonly AlertOutcome[]> {
    const { clock, ids, giveWay } = this.ports;
    const arrivedAt = clock.now();
    const alerts: Alert[] = [];
    for await (const part of inParts(notification.alerts, giveWay)) {
      for (const { alert } of part) alerts.push(new Alert(alert, arrivedAt, ids.hash));
    }
    const letters = notification.rejected.map((rejected) =>
      this.deadLetter(notification.source, rejected, arrivedAt),
    );
    return this.commits.do({ notification, alerts, letters });
  }

  /** One transaction for all of them, each interpreted in the light of those before it. */
  private async commit(arrivals: readonly Arrival[]): Promise<readonly (readonly AlertOutcome[])[]> {
    const { store, clock, ids, giveWay, doorbell } = this.ports;
    let isNews = false;
    const all = await store.transaction(async (repositories) => {
      const moment: Moment = { now: clock.now(), newId: () => ids.next() };
      const alerts = arrivals.flatMap((arrival) => arrival.alerts);
      const intake = await Intake.load(repositories, alerts, this.settings, { moment, ids, giveWay });
      const outcomes: (readonly AlertOutcome[])[] = [];
      for (const arrival of arrivals) outcomes.push(await this.interpret(intake, arrival));
      isNews = await intake.save(repositories);
      await repositories.deadLetters.save(arrivals.flatMap(({ letters }) => letters));
      return outcomes;
    });
    if (isNews) doorbell.ring();
    return all;
  }

  /** All that fires counts before all that is resolved. */
  private async interpret(
    intake: Intake,
    { notification, alerts }: Arrival,
  ): Promise<readonly AlertOutcome[]> {
    const { openOrGroup, resolveAndClose } = this.useCases;
    const firing = alerts.filter((alert) => alert.status === 'firing');
    const resolved = alerts.filter((alert) => alert.status === 'resolved');
    const outcomes: readonly Meaning[] = [
      ...(await openOrGroup.execute(intake, firing)),
      ...(await resolveAndClose.execute(intake, resolved)),
    ];
    intake.decide();
    return inOrderOfBody(notification, alerts, new Map(outcomes.map((outcome) => [outcome.alert, outcome])));
  }

  private deadLetter(source: string, rejected: RejectedAlert, receivedAt: number): DeadLetter {
    const { problem, body } = rejected;
    // Alertmanager sends what fires again and again: the same letter is kept once.
    const id = this.ports.ids.hash(JSON.stringify([source, problem, body]));
    return { id, source, receivedAt, problem, body };
  }
}

type Meaning = Pick<AlertOutcome, 'kind' | 'episodeId'> & { readonly alert: Alert };

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
