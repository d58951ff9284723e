import type { ErrorRequestHandler, Request, Response } from 'express';
import type { Logger } from '../../../application/ports/logger.js';
import { StoreUnavailableError } from '../../../application/ports/store.js';
import { RequestError } from '../request-error.js';

const FOR_PROGRAMS = /^\/(api|webhook|alert)(\/|$)/i;

/** Answers every error, and never tells the outside what went wrong inside. The body of a request is not logged. */
export function errorHandler(logger: Logger): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  return (error: unknown, request, response, _next) => {
    const known = requestErrorFrom(error);
    const about = { method: request.method, path: request.path.slice(0, 200) };
    if (known === null || response.headersSent) {
      logger.error('request failed', { ...about, error: stackOf(error) });
      answer(request, response, { status: 500, text: 'internal error; the log of Alertree says more' });
      return;
    }
    const fields = { ...about, status: known.status, reason: known.message };
    // A refused notification is lost to us when Alertmanager does not retry it: somebody should know.
    if (request.method === 'POST' || known.status === 503) logger.warn('request refused', fields);
    else logger.debug('request refused', fields);
    answer(request, response, { status: known.status, text: known.answer });
  };
}

/** People read text; programs read JSON. */
function answer(request: Request, response: Response, given: { status: number; text: string }): void {
  if (response.headersSent) {
    response.destroy(); // The client must not take half an answer for a whole one.
    return;
  }
  response.status(given.status).set('Cache-Control', 'no-store');
  if (FOR_PROGRAMS.test(request.path)) response.json({ error: given.text });
  else response.type('text/plain').send(given.text);
}

function requestErrorFrom(error: unknown): RequestError | null {
  if (error instanceof RequestError) return error;
  if (error instanceof StoreUnavailableError) {
    return new RequestError(503, 'the store cannot be used now: try again');
  }
  const status = statusFromExpress(error);
  if (status === 413)
    return new RequestError(413, 'the body is larger than 32 MB: let Alertmanager group by more labels');
  if (status === 415) return new RequestError(415, 'this Content-Encoding is not supported: send plain JSON');
  if (status === 400)
    return new RequestError(400, 'the request is malformed or was cut off: send it again in full');
  return null;
}

/** The status of an error that Express or its body reader raised, and of no other that happens to have one. */
function statusFromExpress(error: unknown): unknown {
  const isFromExpress = error instanceof Error && ('expose' in error || error instanceof URIError);
  return isFromExpress && 'status' in error ? error.status : null;
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : 'a value that is no error was thrown';
}
