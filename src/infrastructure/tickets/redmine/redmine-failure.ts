import {
  TicketBackendError,
  type TicketBackendErrorReason,
} from '../../../application/ports/ticket-backend-error.js';
import { oneLine } from '../shared/one-line.js';

/** What was asked: a read has no effect, whatever became of it. */
export type RequestKind = 'read' | 'write';

type Effect = TicketBackendError['effect'];

interface Verdict {
  readonly reason: TicketBackendErrorReason;
  readonly retryable: boolean;
  /** Of a write; a read has none. */
  readonly effect: Effect;
  readonly remedy?: string;
  readonly retryAfterMs?: number | null;
}

const CHECK_URL = 'Check REDMINE_URL: it must be the address of Redmine itself, path included.';
const CHECK_KEY =
  'Check REDMINE_API_KEY, that its user is not locked, and "Enable REST web service" in the settings of Redmine.';
const CHECK_RIGHTS =
  'Check that REDMINE_PROJECT_ID is an active project, that the user of REDMINE_API_KEY is a member of it whose role ' +
  'may view, add and edit issues, add notes and manage subtasks, and "Enable REST web service" in the settings of Redmine.';

const CHECK_HEADERS =
  'Check what the proxy in front of Redmine adds to requests: X-Redmine-Switch-User and conditions must not be among it.';

const BY_STATUS: ReadonlyMap<number, Verdict> = new Map([
  [401, { reason: 'unauthorized', retryable: false, effect: 'none', remedy: CHECK_KEY }],
  [403, { reason: 'forbidden', retryable: false, effect: 'none', remedy: CHECK_RIGHTS }],
  [404, { reason: 'not-found', retryable: false, effect: 'none' }],
  // Something on the way makes conditions; Redmine itself does when it is told to be another user.
  [412, { reason: 'unauthorized', retryable: false, effect: 'none', remedy: CHECK_HEADERS }],
  // Only a proxy answers it, and it may have passed the request on.
  [408, { reason: 'timeout', retryable: true, effect: 'unknown-pending' }],
  [429, { reason: 'rate-limited', retryable: true, effect: 'none' }],
  // Redmine's own: it is done with the request. Part of a create runs after its commit, so it may be there.
  [500, { reason: 'server-error', retryable: true, effect: 'unknown-finished' }],
]);

// 502 to 504 and their like come from a proxy; Redmine may still be at work behind it.
const OTHER_5XX: Verdict = { reason: 'unavailable', retryable: true, effect: 'unknown-pending' };
const REDIRECT: Verdict = {
  reason: 'invalid-response',
  retryable: false,
  effect: 'none',
  remedy: `${CHECK_URL} It redirects (to https, or to a log-in?), and the key is sent nowhere else.`,
};
const NO_RESPONSE: Verdict = { reason: 'invalid-response', retryable: true, effect: 'unknown-pending' };
const REJECTED: Verdict = { reason: 'rejected', retryable: false, effect: 'none' };
const STALE: Verdict = { reason: 'conflict', retryable: true, effect: 'none' };

/** Who asks with these to be left alone is obeyed. */
const MAY_ASK_FOR_REST = new Set([429, 503]);

/**
 * What an HTTP status other than success means; `messages` are those of Redmine's own answer, null without any, and
 * `retryAfterMs` what its header says.
 */
export function statusFailure(
  kind: RequestKind,
  status: number,
  messages: readonly string[] | null,
  retryAfterMs: number | null = null,
): TicketBackendError {
  const restMs = MAY_ASK_FOR_REST.has(status) ? retryAfterMs : null;
  const verdict = { ...verdictOn(status, messages), retryAfterMs: restMs };
  const said = messages === null || messages.length === 0 ? '' : `: ${shown(messages.join('; '))}`;
  return failure(kind, verdict, `Redmine answered ${status}${said}.`);
}

function verdictOn(status: number, messages: readonly string[] | null): Verdict {
  // A stale object is answered by 422 with an empty list: somebody else saved the same ticket or its parent.
  if (status === 422) return messages?.length === 0 ? STALE : REJECTED;
  const known = BY_STATUS.get(status);
  if (known !== undefined) return known;
  if (status >= 500) return OTHER_5XX;
  if (status >= 300 && status < 400) return REDIRECT;
  return status >= 400 ? REJECTED : NO_RESPONSE;
}

/** An answer of success that is none of Redmine's: a page of a proxy, a broken or endless body. */
export function answerFailure(kind: RequestKind, what: string): TicketBackendError {
  return failure(kind, { ...NO_RESPONSE, remedy: CHECK_URL }, `The answer is not Redmine's: ${what}.`);
}

/** Nothing of the request can have reached Redmine when the connection was never made. */
const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'EPROTO',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
]);

/** No answer at all. `code` is that of the network's error. */
export function connectionFailure(kind: RequestKind, code: string): TicketBackendError {
  const effect = NEVER_CONNECTED.has(code) ? 'none' : 'unknown-pending';
  const remedy = code.includes('CERT') || code === 'EPROTO' ? 'Check the certificate of Redmine.' : CHECK_URL;
  const verdict = { reason: 'unavailable', retryable: true, effect, remedy } as const;
  return failure(kind, verdict, `Redmine cannot be reached (${code}).`);
}

export function timeoutFailure(kind: RequestKind): TicketBackendError {
  const verdict = { reason: 'timeout', retryable: true, effect: 'unknown-pending' } as const;
  return failure(kind, verdict, 'Redmine did not answer in time.');
}

/** Never sent: the server asked to be left alone, for so much longer. */
export function leftAlone(
  reason: TicketBackendErrorReason,
  message: string,
  retryAfterMs: number,
): TicketBackendError {
  return new TicketBackendError(message, { reason, retryable: true, effect: 'none', retryAfterMs });
}

/** Never sent: its turn would have come too late. */
export function notYourTurn(): TicketBackendError {
  return new TicketBackendError('REDMINE_MAX_REQUESTS_PER_SECOND leaves no time for this request now.', {
    reason: 'rate-limited',
    retryable: true,
    effect: 'none',
    remedy: 'Raise REDMINE_MAX_REQUESTS_PER_SECOND, or wait.',
  });
}

/** What Redmine was asked for is not as the configuration wants it; nothing was written. */
export function configurationFailure(
  reason: 'forbidden' | 'unauthorized',
  message: string,
  remedy: string,
): TicketBackendError {
  return new TicketBackendError(message, { reason, retryable: false, effect: 'none', remedy });
}

/** Where every Redmine answers there is nothing: it is another server, or another path of it. */
export function wrongAddress(): TicketBackendError {
  return new TicketBackendError('There is no Redmine at REDMINE_URL: it answered 404.', {
    reason: 'invalid-response',
    retryable: false,
    effect: 'none',
    remedy: CHECK_URL,
  });
}

export function issueNotFound(id: string): TicketBackendError {
  return new TicketBackendError(
    `There is no issue #${shown(id)} in Redmine, or it is hidden from the user of REDMINE_API_KEY.`,
    {
      reason: 'not-found',
      retryable: false,
      effect: 'none',
    },
  );
}

export function parentNotOpen(id: string): TicketBackendError {
  return new TicketBackendError(`Issue #${shown(id)} is closed or missing and cannot get a subtask.`, {
    reason: 'parent-closed',
    retryable: false,
    effect: 'none',
    remedy: `Reopen issue #${shown(id)}, or open the new one elsewhere.`,
  });
}

function failure(kind: RequestKind, verdict: Verdict, message: string): TicketBackendError {
  const { reason, retryable, remedy = '', retryAfterMs = null } = verdict;
  return new TicketBackendError(message, {
    reason,
    retryable,
    effect: kind === 'read' ? 'none' : verdict.effect,
    remedy,
    retryAfterMs,
  });
}

/** Words of others in a message of ours: on one line, and not for ever. */
function shown(words: string): string {
  const line = oneLine(words);
  return line.length > 300 ? `${line.slice(0, 300).toWellFormed()}…` : line;
}
