import type { ReceivedAlert } from '../../../src/domain/alert/alert.js';
import { instantFromMillis } from '../../../src/domain/time/instant.js';

/** When the tests' world begins: 2026-06-16 11:46 in Tokyo. */
export const BEGINNING = Date.UTC(2026, 5, 16, 2, 46);

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export interface AlertGiven {
  readonly name?: string;
  readonly source?: string;
  /** Minutes after the beginning; null: not sent. */
  readonly startsAt?: number | null;
  readonly endsAt?: number | null;
  readonly labels?: Readonly<Record<string, string>>;
}

function at(minutes: number | null): ReceivedAlert['startsAt'] {
  return minutes === null ? null : instantFromMillis(BEGINNING + minutes * MINUTE);
}

function received(status: ReceivedAlert['status'], instance: string, given: AlertGiven): ReceivedAlert {
  const {
    name = 'HostMemoryUsageHigh-Usage90%',
    source = 'default',
    startsAt = 0,
    endsAt = null,
    labels = {},
  } = given;
  return {
    source,
    status,
    labels: Object.entries({ alertname: name, instance, ...labels }),
    annotations: [['summary', `${name} on ${instance}`]],
    startsAt: at(startsAt),
    endsAt: at(endsAt),
    generatorUrl: null,
    externalUrl: null,
    fingerprint: null,
  };
}

/** A firing alert of one host. */
export function firing(instance: string, given: AlertGiven = {}): ReceivedAlert {
  return received('firing', instance, given);
}

/** The same alert, over; it ends `endsAt` minutes after the beginning. */
export function resolved(instance: string, given: AlertGiven = {}): ReceivedAlert {
  return received('resolved', instance, { endsAt: 1, ...given });
}
