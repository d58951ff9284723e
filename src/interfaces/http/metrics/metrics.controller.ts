import type { Request, Response } from 'express';
import type { MetricsText } from './metrics-text.js';

/** Prometheus' way to ask. */
export class MetricsController {
  constructor(private readonly metrics: MetricsText) {}

  async show(_request: Request, response: Response): Promise<void> {
    const text = await this.metrics.text();
    response.set('Cache-Control', 'no-store').set('Content-Type', this.metrics.contentType).send(text);
  }
}
