import type { RequestHandler } from 'express';
import { RequestError } from '../request-error.js';

/** Answers 405 and names the methods that are allowed. */
export function methodNotAllowed(allowed: string): RequestHandler {
  return (_request, response) => {
    response.set('Allow', allowed);
    throw new RequestError(405, `this path takes ${allowed} only`);
  };
}
