import type { Request, RequestHandler, Response } from 'express';
import { RequestError } from '../request-error.js';

/**
 * Bounds the bytes of all bodies that are being worked on at once. What does not fit is answered 503, which
 * Alertmanager retries, instead of running the process out of memory. A body counts until its connection is done with
 * and its work is over: a sender who hangs up does not take it out of memory.
 */
export class BodyBudget {
  private taken = 0;
  private readonly held = new WeakMap<Response, { readonly bytes: number; holders: number }>();

  constructor(
    private readonly totalBytes: number,
    private readonly bytesPerBody: number,
  ) {}

  /** Takes the place of a body before it is read. */
  readonly reserve: RequestHandler = (request, response, next) => {
    const bytes = expectedBytes(request, this.bytesPerBody);
    if (this.taken + bytes > this.totalBytes)
      throw new RequestError(503, 'too many large notifications at once: try again');
    this.taken += bytes;
    this.held.set(response, { bytes, holders: 1 });
    response.once('close', () => this.release(response));
    next();
  };

  /** Keeps the place until the work is over, also when the sender is gone by then. */
  async during<T>(response: Response, work: () => Promise<T>): Promise<T> {
    const held = this.held.get(response);
    if (held !== undefined) held.holders += 1;
    try {
      return await work();
    } finally {
      if (held !== undefined) this.release(response);
    }
  }

  private release(response: Response): void {
    const held = this.held.get(response);
    if (held === undefined) return;
    held.holders -= 1;
    if (held.holders === 0) this.taken -= held.bytes;
  }
}

/** A body of unknown length, or a packed one, may grow to the limit. */
function expectedBytes(request: Request, bytesPerBody: number): number {
  const declared = Number(request.headers['content-length'] ?? Number.NaN);
  const isKnown = Number.isFinite(declared) && request.headers['content-encoding'] === undefined;
  return isKnown ? Math.min(declared, bytesPerBody) : bytesPerBody;
}
