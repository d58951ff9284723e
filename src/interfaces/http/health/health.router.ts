import { Router } from 'express';
import { methodNotAllowed } from '../middleware/method-not-allowed.js';
import type { HealthController } from './health.controller.js';

export function healthRouter(controller: HealthController): Router {
  const router = Router();
  router
    .route('/-/healthy')
    .get((request, response) => controller.healthy(request, response))
    .all(methodNotAllowed('GET, HEAD'));
  router
    .route('/-/ready')
    .get((request, response) => controller.ready(request, response))
    .all(methodNotAllowed('GET, HEAD'));
  return router;
}
