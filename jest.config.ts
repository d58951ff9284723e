import type { Config } from 'jest';

/** What every suite shares: ESM, swc with decorators, a guard that refuses a Node without what Alertree needs. */
const shared = {
  testEnvironment: 'node',
  // `src` must be a root, or files that no test imports silently miss from the coverage.
  roots: ['<rootDir>/src', '<rootDir>/tests'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        sourceMaps: 'inline',
        module: { type: 'es6' },
        jsc: {
          target: 'es2024',
          keepClassNames: true,
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        },
      },
    ],
  },
  setupFiles: ['reflect-metadata'],
} satisfies Config;

const suite = (name: string) => ({
  ...shared,
  displayName: name,
  testMatch: [`<rootDir>/tests/${name}/**/*.test.ts`],
});

const config: Config = {
  projects: [
    suite('unit'),
    suite('contract'),
    suite('app'),
    suite('simulation'),
    suite('kills'),
    suite('integration'),
  ],
  // A watchdog against hanging, not a measure of speed: machines under load are slow.
  testTimeout: 30_000,
  globalSetup: '<rootDir>/tests/support/require-node-24.ts',
  collectCoverageFrom: ['src/**/*.ts', '!src/main.ts'],
  coverageProvider: 'babel',
};
export default config;
