import type { Request, RequestHandler } from 'express';
import { RequestError } from '../request-error.js';

/**
 * Refuses what a page of another site makes a browser send: it would carry the reader's password, or come from within a
 * network that trusts the reader. Alertmanager and curl send neither header. The source of the rule is the Fetch
 * standard: a browser sets both and no page can change them.
 */
export const notFromOtherSites: RequestHandler = (request, _response, next) => {
  const site = request.get('Sec-Fetch-Site') ?? 'none';
  if (!['none', 'same-origin'].includes(site) || isFromElsewhere(request))
    throw new RequestError(403, 'a page of another site may not send notifications');
  next();
};

function isFromElsewhere(request: Request): boolean {
  const origin = request.get('Origin');
  return origin !== undefined && URL.parse(origin)?.host !== request.get('Host');
}
