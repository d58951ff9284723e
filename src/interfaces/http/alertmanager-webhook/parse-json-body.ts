import { repeatedNames, type RepeatedNames } from './repeated-names.js';
import { RequestError } from '../request-error.js';
import { problemWithShape } from './body-shape.js';

const EXAMPLE = 'send JSON such as {"alerts": [{"status": "firing", "labels": {"alertname": "Test"}}]}';

export interface ParsedBody {
  readonly value: unknown;
  /** Alerts in which a name stands twice. */
  readonly repeated: RepeatedNames['inAlerts'];
}

/**
 * Reads the raw body of a request as JSON, whatever its content type. Throws a `RequestError` that says what to do when
 * it is empty, no UTF-8, no JSON, nested too deeply or, outside the alerts, has a name twice in one object.
 */
export function parseJsonBody(body: unknown): ParsedBody {
  if (!Buffer.isBuffer(body) || body.length === 0)
    throw new RequestError(400, `the body is empty: ${EXAMPLE}`);
  const problem = problemWithShape(body);
  if (problem !== null) throw new RequestError(400, `the body ${problem}: ${EXAMPLE}`);
  const text = textOf(body);
  const value = jsonIn(text);
  const { inBody, inAlerts } = repeatedNames(text);
  if (inBody !== null)
    throw new RequestError(400, 'a name stands twice in one object of the body: send it once', inBody);
  return { value, repeated: inAlerts };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new RequestError(400, `the body is not valid JSON: ${EXAMPLE}`, String(error));
  }
}

function textOf(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body); // drops a byte order mark
  } catch {
    throw new RequestError(400, 'the body is not UTF-8: send JSON in UTF-8');
  }
}
