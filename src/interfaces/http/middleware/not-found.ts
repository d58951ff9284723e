import type { RequestHandler } from 'express';
import { RequestError } from '../request-error.js';

/** The last of all routes. */
export const notFound: RequestHandler = () => {
  throw new RequestError(404, 'there is nothing at this path');
};
