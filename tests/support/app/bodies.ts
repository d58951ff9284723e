/** One alert as it stands in a webhook body. */
export interface SentAlert {
  readonly status: 'firing' | 'resolved';
  readonly labels: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly endsAt?: string;
}

/** A time of June 2026 in Tokyo, where the tests' Alertree lives: `on(16, '11:46')`. */
export function on(day: number, time: string): string {
  return `2026-06-${day}T${time}:00+09:00`;
}

const BEGINNING = on(16, '11:46');

export function firing(alertname: string, instance: string, startsAt = BEGINNING): SentAlert {
  return { status: 'firing', labels: { alertname, instance }, startsAt };
}

/** The same alert, over. */
export function resolved(
  alertname: string,
  instance: string,
  endsAt: string,
  startsAt = BEGINNING,
): SentAlert {
  return { ...firing(alertname, instance, startsAt), status: 'resolved', endsAt };
}

/** A notification with these alerts, good or bad, as JSON text. */
export function bodyOf(...alerts: readonly unknown[]): string {
  return JSON.stringify({ version: '4', receiver: 'alertree', alerts });
}
