import type { RequestHandler } from 'express';
import type { AccessTokens } from '../access-tokens.js';
import { RequestError } from '../request-error.js';

const CHALLENGES = ['Basic realm="Alertree", charset="UTF-8"', 'Bearer realm="Alertree"'];

const REFUSAL =
  'this needs a token of ALERTREE_WEBHOOK_TOKEN: as bearer token, or as password with any user name';

/** Lets through who carries a token, before any of the body is read, and everybody where none is set. */
export function tokenRequired(tokens: AccessTokens): RequestHandler {
  return (request, response, next) => {
    if (tokens.areSet && !tokens.accept(request.headers.authorization)) {
      response.set('WWW-Authenticate', CHALLENGES);
      throw new RequestError(401, REFUSAL);
    }
    next();
  };
}
