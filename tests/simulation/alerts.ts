import { createHash } from 'node:crypto';
import type { ReceivedAlert } from '../../src/domain/alert/alert.js';
import { instantFromMillis, parseInstant, type Instant } from '../../src/domain/time/instant.js';

/** An alert that can fire in a history. */
export interface ModelAlert {
  readonly name: string;
  readonly host: string;
  /** What the key lines of its tickets say, by the format that the design fixes: SHA-256 of source and sorted labels. */
  readonly hash: string;
}

/** What one webhook says of one alert. Times are milliseconds. */
export interface Fact {
  readonly alert: ModelAlert;
  readonly status: 'firing' | 'resolved';
  readonly startsAt: number;
  /** Only of what is resolved. */
  readonly endsAt: number;
}

export type Body = readonly Fact[];

const NAMES = ['DiskFull', 'LinkDown', 'HostMemoryUsageHigh-Usage90%'];
const HOSTS = ['A', 'B', 'C', 'D', 'E'];

export const ALERTS: readonly ModelAlert[] = NAMES.flatMap((name) =>
  HOSTS.map((host) => {
    const text = JSON.stringify(['default', ['alertname', name], ['instance', host]]);
    return { name, host, hash: createHash('sha256').update(text).digest('hex') };
  }),
);

/** Go's zero time, which Alertmanager sends as the end of what fires. */
const ZERO = parseInstant('0001-01-01T00:00:00Z') as Instant;

/** The fact as the webhook's controller hands it over. */
export function receivedOf({ alert, status, startsAt, endsAt }: Fact): ReceivedAlert {
  return {
    source: 'default',
    status,
    labels: [
      ['alertname', alert.name],
      ['instance', alert.host],
    ],
    annotations: [['summary', `${alert.name} on ${alert.host}`]],
    startsAt: instantFromMillis(startsAt),
    endsAt: status === 'firing' ? ZERO : instantFromMillis(endsAt),
    generatorUrl: null,
    externalUrl: null,
    fingerprint: null,
  };
}
