import type { Request, Response } from 'express';
import type { Readiness } from './readiness.js';

/** Alertmanager's own way to be asked for its health. */
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  healthy(_request: Request, response: Response): void {
    this.answer(response, null);
  }

  ready(_request: Request, response: Response): void {
    this.answer(response, this.readiness.reason());
  }

  private answer(response: Response, reason: string | null): void {
    response
      .status(reason === null ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .type('text/plain')
      .send(reason ?? 'OK');
  }
}
