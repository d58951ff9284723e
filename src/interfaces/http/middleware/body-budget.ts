import type { Request, RequestHandler } from 'express';
import { RequestError } from '../request-error.js';

/**
 * Bounds the bytes of all bodies that are being worked on at once. What does not fit is answered 503, which
 * Alertmanager retries, instead of running the process out of memory.
 */
export function bodyBudget(totalBytes: number, bytesPerBody: number): RequestHandler {
  let taken = 0;
  return (request, response, next) => {
    const bytes = expectedBytes(request, bytesPerBody);
    if (taken + bytes > totalBytes)
      throw new RequestError(503, 'too many large notifications at once: try again');
    taken += bytes;
    response.once('close', () => {
      taken -= bytes;
    });
    next();
  };
}

/** A body of unknown length, or a packed one, may grow to the limit. */
function expectedBytes(request: Request, bytesPerBody: number): number {
  const declared = Number(request.headers['content-length'] ?? Number.NaN);
  const isKnown = Number.isFinite(declared) && request.headers['content-encoding'] === undefined;
  return isKnown ? Math.min(declared, bytesPerBody) : bytesPerBody;
}
