import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * Nothing but our own style and script may be loaded, and nobody may frame the page. HSTS is left to whoever ends TLS: sent from
 * here it would bind the whole host behind a proxy.
 */
export function securityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        connectSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: false,
  });
}
