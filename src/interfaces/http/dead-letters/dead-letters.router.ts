import { Router } from 'express';
import { methodNotAllowed } from '../middleware/method-not-allowed.js';
import type { DeadLettersController } from './dead-letters.controller.js';

/** To be mounted at `/api`. */
export function deadLettersRouter(controller: DeadLettersController): Router {
  const router = Router();
  router
    .route('/v1/dead-letters')
    .get((request, response) => controller.list(request, response))
    .all(methodNotAllowed('GET, HEAD'));
  return router;
}
