import { Router, type RequestHandler } from 'express';
import { methodNotAllowed } from '../middleware/method-not-allowed.js';
import type { PageController } from './page.controller.js';

/** The page is for readers; its style and script are the same for everybody and tell nothing. */
export function pageRouter(controller: PageController, readers: RequestHandler): Router {
  const router = Router();
  router
    .route('/')
    .get(readers, (request, response) => controller.show(request, response))
    .all(methodNotAllowed('GET, HEAD'));
  router
    .route('/assets/alertree.css')
    .get((request, response) => controller.style(request, response))
    .all(methodNotAllowed('GET, HEAD'));
  router
    .route('/assets/alertree.js')
    .get((request, response) => controller.script(request, response))
    .all(methodNotAllowed('GET, HEAD'));
  return router;
}
