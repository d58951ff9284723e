import { setImmediate } from 'node:timers/promises';
import type { Notification, RejectedAlert } from '../../../application/accept-notification/notification.js';
import type { ReceivedAlert } from '../../../domain/alert/alert.js';
import { isZeroInstant, parseInstant, type Instant } from '../../../domain/time/instant.js';
import { RequestError } from '../request-error.js';
import { AlertDto, AlertmanagerWebhookDto, problemWith } from './alertmanager-webhook.dto.js';
import { isRecord, pairsOf } from './name-values.js';
import type { RepeatedNames } from './repeated-names.js';
import { storableText } from './storable-text.js';

/** How much of an alert that could not be understood is kept. */
const KEPT_CHARACTERS = 64 * 1024;
/** How many alerts are read before others get their turn: some milliseconds' work. */
const ALERTS_AT_ONCE = 100;

/**
 * Reads a parsed webhook body. Each alert is judged alone: a bad one is rejected with a problem that names the field,
 * and the others count; so is one in which a name stands twice. Throws a `RequestError` when the body as a whole cannot
 * be read.
 */
export async function toNotification(
  source: string,
  body: unknown,
  repeated: RepeatedNames['inAlerts'] = new Map(),
): Promise<Notification> {
  if (!isRecord(body)) throw new RequestError(400, 'the body must be a JSON object with a list "alerts"');
  const dto = AlertmanagerWebhookDto.from(body);
  const problem = problemWith(dto);
  if (problem !== null) throw new RequestError(400, problem);

  const alerts: { index: number; alert: ReceivedAlert }[] = [];
  const rejected: RejectedAlert[] = [];
  for (const [index, sent] of dto.list().entries()) {
    if (index % ALERTS_AT_ONCE === ALERTS_AT_ONCE - 1) await setImmediate();
    const twice = repeated.get(index);
    const alert =
      twice === undefined
        ? readAlert({ source, externalUrl: dto.externalURL }, sent)
        : `${twice.name} stands twice`;
    if (typeof alert === 'string')
      rejected.push(rejection(index, alert, twice?.sent ?? JSON.stringify(sent)));
    else alerts.push({ index, alert });
  }
  return { source, receiver: dto.receiver, alerts, rejected };
}

/** How many alerts of the group Alertmanager left out of the body; it never sends those. */
export function truncatedAlertsIn(body: unknown): number {
  const count = isRecord(body) ? body['truncatedAlerts'] : 0;
  return typeof count === 'number' && count > 0 ? count : 0;
}

type Sender = Pick<ReceivedAlert, 'source' | 'externalUrl'>;

/** The alert, or what is wrong with it. */
function readAlert(from: Sender, sent: unknown): ReceivedAlert | string {
  if (!isRecord(sent)) return 'an alert must be an object';
  const dto = AlertDto.from(sent);
  return problemWith(dto) ?? toReceivedAlert(from, dto);
}

function toReceivedAlert(from: Sender, dto: AlertDto): ReceivedAlert {
  return {
    ...from,
    status: dto.status,
    labels: pairsOf(dto.labels),
    annotations: pairsOf(dto.annotations),
    startsAt: instantOrNull(dto.startsAt),
    endsAt: instantOrNull(dto.endsAt),
    generatorUrl: dto.generatorURL,
    fingerprint: dto.fingerprint,
  };
}

/** A firing alert carries Go's zero time as `endsAt`: it means "no time". */
function instantOrNull(text: string | null | undefined): Instant | null {
  const instant = parseInstant(text ?? '');
  return instant === null || isZeroInstant(instant) ? null : instant;
}

function rejection(index: number, problem: string, sent: string): RejectedAlert {
  return { index, problem: storableText(problem), body: storableText(sent.slice(0, KEPT_CHARACTERS)) };
}
