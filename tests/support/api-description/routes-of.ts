import type { Express } from 'express';

/** What Express keeps of a route or of a router that is mounted. */
interface Layer {
  readonly rawPath: string | readonly string[];
  readonly route?: {
    readonly path: string | readonly string[];
    readonly stack: readonly { readonly method?: string }[];
  };
  readonly handle: { readonly stack?: readonly Layer[] };
}

/** Every method and path that the app takes, paths as OpenAPI writes them: `GET /api/v1/ticket-groups/{id}`. */
export function routesOf(app: Express): readonly string[] {
  return routesIn(app.router.stack as unknown as readonly Layer[], '');
}

function routesIn(layers: readonly Layer[], mountedAt: string): readonly string[] {
  return layers.flatMap((layer) => {
    if (layer.handle.stack !== undefined && layer.route === undefined) {
      const path = String(layer.rawPath);
      return routesIn(layer.handle.stack, path === '/' ? mountedAt : `${mountedAt}${path}`);
    }
    const paths = [layer.route?.path ?? []].flat().flatMap(withAndWithoutOptional);
    const methods = (layer.route?.stack ?? []).flatMap(({ method }) => method?.toUpperCase() ?? []);
    return [...new Set(methods)].flatMap((method) =>
      paths.map((path) => `${method} ${mountedAt}${path.replace(/:(\w+)/g, '{$1}')}`),
    );
  });
}

function withAndWithoutOptional(path: string): readonly string[] {
  const optional = /\{([^}]*)\}/;
  return optional.test(path) ? [path.replace(optional, ''), path.replace(optional, '$1')] : [path];
}
