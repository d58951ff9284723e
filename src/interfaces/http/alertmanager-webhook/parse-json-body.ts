import { repeatedNames, type RepeatedNames } from './repeated-names.js';
import { RequestError } from '../request-error.js';

const MAX_DEPTH = 64;
const EXAMPLE = 'send JSON such as {"alerts": [{"status": "firing", "labels": {"alertname": "Test"}}]}';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

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
  if (isTooDeep(body))
    throw new RequestError(400, `the body is nested deeper than ${MAX_DEPTH} levels: ${EXAMPLE}`);
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

/** Scans the bytes instead of walking the parsed value: neither the parser nor a walk then meets a hostile depth. */
function isTooDeep(body: Buffer): boolean {
  let depth = 0;
  for (let index = 0; index < body.length; index += 1) {
    const byte = body[index] ?? 0;
    if (byte === QUOTE) index = endOfText(body, index);
    else if (CLOSING.has(byte)) depth -= 1;
    else if (OPENING.has(byte)) depth += 1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

/** Where the text that begins at this quote ends; the end of the body when it does not. */
function endOfText(body: Buffer, start: number): number {
  let index = start + 1;
  while (index < body.length && body[index] !== QUOTE) index += body[index] === BACKSLASH ? 2 : 1;
  return index;
}
