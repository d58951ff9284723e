import { instantFromMillis, isZeroInstant, type Instant } from '../time/instant.js';
import { LabelSet, type NameValue } from './label-set.js';

/** SHA-256 of a text in hex. It comes in as a function: the domain has no packages. */
export type Hash = (text: string) => string;

export type AlertStatus = 'firing' | 'resolved';

/** An alert as it stands in a notification, times read but not yet interpreted. */
export interface ReceivedAlert {
  readonly source: string;
  readonly status: AlertStatus;
  readonly labels: Iterable<NameValue>;
  readonly annotations: Iterable<NameValue>;
  readonly startsAt: Instant | null;
  readonly endsAt: Instant | null;
  readonly generatorUrl: string | null;
  /** Where the Alertmanager that sent it can be reached; peers may differ. */
  readonly externalUrl: string | null;
  readonly fingerprint: string | null;
}

/** What a person is told of an alert; kept with its episode, so plain data. */
export interface AlertContent {
  readonly source: string;
  readonly labels: readonly NameValue[];
  readonly annotations: readonly NameValue[];
  readonly generatorUrl: string | null;
  /** Where the Alertmanager that sent it can be reached; peers may differ. */
  readonly externalUrl: string | null;
  readonly fingerprint: string | null;
}

/** Canonical text of an alert's identity: its source and sorted labels, nothing else. */
export function alertKeyText(source: string, labels: LabelSet): string {
  return JSON.stringify([source, ...labels.entries()]);
}

/** The labels in such a text. */
export function labelsOfKeyText(keyText: string): readonly NameValue[] {
  const [, ...labels]: [source: string, ...labels: NameValue[]] = JSON.parse(keyText);
  return labels;
}

/** What is left to tell of an alert of which only that text is known. */
export function contentOfKeyText(keyText: string): AlertContent {
  const [source]: [source: string] = JSON.parse(keyText);
  const labels = labelsOfKeyText(keyText);
  return { source, labels, annotations: [], generatorUrl: null, externalUrl: null, fingerprint: null };
}

/**
 * One alert of one notification. Its identity is the alert key (source and labels); Alertmanager's 64-bit
 * fingerprint is only an attribute. A missing or zero time is the time of arrival.
 */
export class Alert {
  readonly status: AlertStatus;
  readonly labels: LabelSet;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly keyText: string;
  /** SHA-256 of the alert key: the alert's identity in the store and in the key line of its tickets. */
  readonly id: string;
  readonly content: AlertContent;

  constructor(received: ReceivedAlert, arrivedAt: number, hash: Hash) {
    this.status = received.status;
    this.labels = LabelSet.of(received.labels);
    this.startsAt = given(received.startsAt) ?? instantFromMillis(arrivedAt);
    this.endsAt = given(received.endsAt) ?? instantFromMillis(arrivedAt);
    this.keyText = alertKeyText(received.source, this.labels);
    this.id = hash(this.keyText);
    this.content = {
      source: received.source,
      labels: this.labels.entries(),
      annotations: LabelSet.of(received.annotations).entries(),
      generatorUrl: received.generatorUrl,
      externalUrl: received.externalUrl,
      fingerprint: received.fingerprint,
    };
  }
}

function given(instant: Instant | null): Instant | null {
  return instant === null || isZeroInstant(instant) ? null : instant;
}

/** The order in which facts of one body count: by startsAt, then by alert key. */
export function inOrderOfFacts(alerts: readonly Alert[]): readonly Alert[] {
  return alerts.toSorted((a, b) => compare(a.startsAt, b.startsAt) || compare(a.keyText, b.keyText));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
