import type { Request, Response } from 'express';
import type { AlertOutcome, Notification } from '../../../application/accept-notification/notification.js';
import type { DeliveryResult } from '../../../application/await-delivery/delivery-result.js';
import type { Logger } from '../../../application/ports/logger.js';
import { toNotification, truncatedAlertsIn } from './alertmanager-webhook.mapper.js';
import { parseJsonBody } from './parse-json-body.js';
import type { AcceptNotification, AwaitDelivery } from './webhook-use-cases.js';
import { sourceOf, waitMillisOf } from './webhook-parameters.js';

export interface AlertmanagerWebhookParts {
  readonly acceptNotification: AcceptNotification;
  readonly awaitDelivery: AwaitDelivery;
  readonly logger: Logger;
}

/** Takes notifications. It answers once they are durable, and waits for delivery only when the sender asks for it. */
export class AlertmanagerWebhookController {
  constructor(private readonly parts: AlertmanagerWebhookParts) {}

  async receive(request: Request, response: Response): Promise<void> {
    const startedAt = performance.now();
    const source = sourceOf(request.params['source']);
    const waitMillis = waitMillisOf(request.query['wait']);
    const { value, repeated } = parseJsonBody(request.body);
    const notification = await toNotification(source, value, repeated);
    const truncated = truncatedAlertsIn(value);

    const outcomes = await this.parts.acceptNotification.execute(notification);
    this.logAccepted(notification, performance.now() - startedAt);
    this.logTruncated(notification, truncated);

    const answer = {
      accepted: notification.alerts.length,
      rejected: notification.rejected.map(({ index, problem }) => ({ index, problem })),
    };
    if (waitMillis === null) response.json(answer);
    else response.json({ ...answer, result: await this.resultOf(outcomes, waitMillis) });
  }

  private async resultOf(outcomes: readonly AlertOutcome[], waitMillis: number): Promise<readonly object[]> {
    const inOrderOfBody = outcomes.toSorted((a, b) => a.index - b.index);
    const results = await this.delivered(inOrderOfBody, waitMillis);
    return results.map(({ outcome, of }) => ({ [outcome]: of }));
  }

  /** The alerts are safe already: a failure to watch their delivery must not make anybody send them again. */
  private async delivered(
    outcomes: readonly AlertOutcome[],
    waitMillis: number,
  ): Promise<readonly DeliveryResult[]> {
    try {
      return await this.parts.awaitDelivery.execute(outcomes, waitMillis);
    } catch (error) {
      this.parts.logger.warn('delivery could not be watched', { error: String(error) });
      return outcomes.map(({ label }) => ({ outcome: 'pending', of: label }));
    }
  }

  private logAccepted(notification: Notification, milliseconds: number): void {
    const fields = {
      source: notification.source,
      receiver: notification.receiver,
      accepted: notification.alerts.length,
      rejected: notification.rejected.length,
      milliseconds: Math.round(milliseconds),
    };
    if (fields.rejected > 0) this.parts.logger.warn('notification accepted in part', fields);
    else this.parts.logger.info('notification accepted', fields);
  }

  /** Alertmanager cuts off the same alerts every time and takes them for sent: nobody would ever hear of them. */
  private logTruncated({ source, receiver }: Notification, truncated: number): void {
    if (truncated === 0) return;
    const remedy = 'set max_alerts: 0 in the webhook_configs of Alertmanager';
    this.parts.logger.warn('Alertmanager left alerts out', { source, receiver, truncated, remedy });
  }
}
