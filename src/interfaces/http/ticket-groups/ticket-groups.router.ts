import { Router } from 'express';
import { methodNotAllowed } from '../middleware/method-not-allowed.js';
import type { TicketGroupsController } from './ticket-groups.controller.js';

/** To be mounted at `/api`. */
export function ticketGroupsRouter(controller: TicketGroupsController): Router {
  const router = Router();
  router
    .route('/v1/ticket-groups')
    .get((request, response) => controller.list(request, response))
    .all(methodNotAllowed('GET, HEAD'));
  router
    .route('/v1/ticket-groups/:id')
    .get((request, response) => controller.find(request, response))
    .all(methodNotAllowed('GET, HEAD'));
  return router;
}
