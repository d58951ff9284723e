import express, { Router, type RequestHandler } from 'express';
import { BodyBudget } from '../middleware/body-budget.js';
import { methodNotAllowed } from '../middleware/method-not-allowed.js';
import { notFromOtherSites } from '../middleware/not-from-other-sites.js';
import { RequestError } from '../request-error.js';
import type { AlertmanagerWebhookController } from './alertmanager-webhook.controller.js';

/** Ten thousand alerts in one notification are 10 to 20 MB, and a refused body is refused at every interval again. */
const BODY_BYTES = 32 * 1024 * 1024;
const BODIES_AT_ONCE_BYTES = 2 * BODY_BYTES;

const PATHS = ['/webhook{/:source}', '/alert{/:source}'];

export function alertmanagerWebhookRouter(
  controller: AlertmanagerWebhookController,
  senders: RequestHandler,
  isStopping: () => boolean,
): Router {
  const router = Router();
  const budget = new BodyBudget(BODIES_AT_ONCE_BYTES, BODY_BYTES);
  router
    .route(PATHS)
    .post(
      notFromOtherSites,
      senders,
      refuseWhenStopping(isStopping),
      budget.reserve,
      // Whatever the content type says: users of curl forget it.
      express.raw({ type: () => true, limit: BODY_BYTES }),
      (request, response) => budget.during(response, () => controller.receive(request, response)),
    )
    .all(methodNotAllowed('POST'));
  return router;
}

function refuseWhenStopping(isStopping: () => boolean): RequestHandler {
  return (_request, _response, next) => {
    if (isStopping()) throw new RequestError(503, 'Alertree is shutting down: try again');
    next();
  };
}
