/**
 * What became of one alert within the time that a caller waited: the answer of the webhook with `?wait`.
 * `pending`: accepted and kept, not delivered yet.
 */
export interface DeliveryResult {
  readonly outcome: 'created' | 'already_exists' | 'closed' | 'no_open_issue' | 'pending';
  /** The ticket's id in the backend; for `no_open_issue` and `pending` the alert as `alertname:instance`. */
  readonly of: string;
}
