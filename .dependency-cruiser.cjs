// The layers of docs/architecture: domain <- application <- infrastructure and interfaces; two files see all four.
const only = (name, packages, allowedFrom) => ({
  name,
  severity: 'error',
  from: { path: '^src', pathNot: allowedFrom },
  to: { path: `node_modules/(${packages})/` },
});
const layer = (name, from, to) => ({ name, severity: 'error', from: { path: from }, to });

module.exports = {
  forbidden: [
    layer('domain-is-pure', '^src/domain', { pathNot: '^src/domain' }),
    layer('application-sees-domain-only', '^src/application', { pathNot: '^src/(domain|application)' }),
    layer('infrastructure-not-interfaces', '^src/infrastructure', { path: '^src/interfaces' }),
    layer('interfaces-not-infrastructure', '^src/interfaces', { path: '^src/infrastructure' }),
    layer('nobody-imports-the-root', '^src/(domain|application|infrastructure|interfaces)', {
      path: '^src/(main|run|composition-root)[^/]*\\.ts$',
    }),
    layer('backends-are-islands', '^src/infrastructure/tickets/([^/]+)/', {
      path: '^src/infrastructure/tickets/[^/]+/',
      pathNot: ['^src/infrastructure/tickets/$1/', '^src/infrastructure/tickets/shared/'],
    }),
    layer('store-only-for-embedded-tickets', '^src/infrastructure/tickets/(?!embedded/)[^/]+/', {
      path: '^src/infrastructure/persistence',
    }),
    only('inversify-only-in-root', 'inversify|@inversifyjs', '^src/(main|run|composition-root)[^/]*\\.ts$'),
    only('express-only-in-http', 'express|helmet', '^src/interfaces/http'),
    only('axios-only-in-clients', 'axios', '^src/infrastructure/(tickets|alertmanager)'),
    only('validators-only-in-http', 'class-validator|class-transformer', '^src/interfaces/http'),
    only('winston-only-in-logging', 'winston', '^src/infrastructure/logging'),
    only('prom-client-only-in-metrics', 'prom-client', '^src/infrastructure/metrics'),
    only('zod-only-in-config', 'zod', '^src/infrastructure/(config|tickets)'),
    only('sql-only-in-persistence', 'pg|kysely', '^src/infrastructure/persistence'),
    {
      name: 'node-sqlite-only-in-persistence',
      severity: 'error',
      from: { path: '^src', pathNot: '^src/infrastructure/persistence' },
      to: { path: '^(node:)?sqlite$' },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: ['^src/main\\.ts$', '^src/interfaces/http/page/refresh\\.js$'] },
      to: {},
    },
  ],
  options: {
    parser: 'swc', // TypeScript 7 has no compiler API
    tsPreCompilationDeps: true, // otherwise `import type` would escape the rules
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
  },
};
