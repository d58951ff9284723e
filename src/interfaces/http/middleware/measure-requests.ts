import type { Request, RequestHandler, Response } from 'express';

/** Is told of every request when it is over. */
export interface RequestMeter {
  answered(request: {
    readonly handler: string;
    readonly method: string;
    readonly code: string;
    readonly seconds: number;
  }): void;
}

const METHODS = new Set(['GET', 'HEAD', 'POST']);

/** The handlers by the first part of their paths. A path is a client's text: what is not here is `other`. */
const HANDLERS: ReadonlyMap<string, string> = new Map([
  ['', '/'],
  ['webhook', '/webhook'],
  ['alert', '/webhook'],
  ['api', '/api'],
  ['-', '/-'],
  ['metrics', '/metrics'],
]);

/** Tells the meter how long each request took and how it ended, in words from closed sets. */
export function measureRequests(meter: RequestMeter): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    const handler = handlerOf(request);
    const method = METHODS.has(request.method) ? request.method : 'other';
    response.once('close', () => {
      const seconds = (performance.now() - startedAt) / 1000;
      meter.answered({ handler, method, code: codeOf(response), seconds });
    });
    next();
  };
}

function handlerOf(request: Request): string {
  const [, first = ''] = request.path.split('/', 2);
  const handler = HANDLERS.get(first.toLowerCase()) ?? 'other';
  // Whoever asks to wait for delivery decides how long that takes: it says nothing of the webhook.
  return handler === '/webhook' && 'wait' in request.query ? '/webhook?wait' : handler;
}

/** `aborted`: the client was gone before it had its answer. */
function codeOf(response: Response): string {
  return response.writableFinished ? String(response.statusCode) : 'aborted';
}
