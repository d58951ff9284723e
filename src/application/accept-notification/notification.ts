import type { ReceivedAlert } from '../../domain/alert/alert.js';

/** One webhook call, its shape checked at the edge. */
export interface Notification {
  /** Where the alerts come from: the name in the URL, never anything in the body. */
  readonly source: string;
  readonly receiver: string | null;
  /** In the order of the body; `index` counts in the body's list, rejected ones included. */
  readonly alerts: readonly { readonly index: number; readonly alert: ReceivedAlert }[];
  readonly rejected: readonly RejectedAlert[];
}

/** An alert of a good body that could not be understood. It is kept as a dead letter. */
export interface RejectedAlert {
  readonly index: number;
  /** Names the field and what is wrong with it. */
  readonly problem: string;
  /** The alert as sent, as JSON text. */
  readonly body: string;
}

/** What an accepted alert meant. */
export interface AlertOutcome {
  readonly index: number;
  /** `alertname:instance`, to tell results apart. */
  readonly label: string;
  readonly kind:
    | 'opened' // a new episode
    | 'known' // its episode was open already
    | 'ended' // its episode ended, or is held
    | 'end-known' // its episode was held already
    | 'stale' // a `resolved` older than the newest firing
    | 'never-fired'; // a `resolved` without an open episode
  readonly episodeId: string | null;
}
