import type { AlertOutcome, Notification } from '../../../application/accept-notification/notification.js';
import type { DeliveryResult } from '../../../application/await-delivery/delivery-result.js';

/** What the webhook needs of the application. */
export interface AcceptNotification {
  /** Resolves when every alert of the notification is durable. Throws `StoreUnavailableError` when nothing of it is. */
  execute(notification: Notification): Promise<readonly AlertOutcome[]>;
}

export interface AwaitDelivery {
  /** One result for each outcome, in the same order, after at most so many milliseconds. */
  execute(outcomes: readonly AlertOutcome[], milliseconds: number): Promise<readonly DeliveryResult[]>;
}
