import { Router } from 'express';
import { methodNotAllowed } from '../middleware/method-not-allowed.js';
import type { MetricsController } from './metrics.controller.js';

/** Open to everybody: there are numbers in it, and no word of an alert. */
export function metricsRouter(controller: MetricsController): Router {
  const router = Router();
  router
    .route('/metrics')
    .get((request, response) => controller.show(request, response))
    .all(methodNotAllowed('GET, HEAD'));
  return router;
}
