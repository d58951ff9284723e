import { RequestError } from '../request-error.js';

const SOURCE = /^[A-Za-z0-9._-]{1,64}$/;
const SECONDS = /^\d+(\.\d+)?$/;
const MAX_WAIT_SECONDS = 30;

/** The source that a path names; `default` when it names none. */
export function sourceOf(parameter: unknown): string {
  if (parameter === undefined) return 'default';
  if (typeof parameter === 'string' && SOURCE.test(parameter)) return parameter;
  throw new RequestError(400, 'the source in the path may have 1 to 64 letters, digits, ".", "_" and "-"');
}

/** How long the sender wants to wait for delivery; null when it does not. More than 30 seconds count as 30. */
export function waitMillisOf(parameter: unknown): number | null {
  if (parameter === undefined) return null;
  if (typeof parameter === 'string' && SECONDS.test(parameter)) {
    return Math.round(Math.min(Number(parameter), MAX_WAIT_SECONDS) * 1000);
  }
  throw new RequestError(400, '"wait" must be a number of seconds from 0 to 30, for example ?wait=10');
}
