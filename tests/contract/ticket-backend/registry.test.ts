import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { ticketBackends } from '../../../src/infrastructure/tickets/index.js';

const BACKENDS = new URL('../../../src/infrastructure/tickets/', import.meta.url);
const CONTRACT_TESTS = new URL('./', import.meta.url);

const folders = readdirSync(BACKENDS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'shared')
  .map((entry) => entry.name)
  .toSorted();

const testFiles = readdirSync(CONTRACT_TESTS, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
);

/** A call that leaves a test out, by a modifier at its name or a letter before it, over however many lines. */
const LEFT_OUT =
  /(?:\.|\[\s*['"`])\s*(?:skip|only|todo|failing)\b['"`\]\s]*[.([]|\b[xf](?:it|test|describe)\s*[.([]/;

describe('the registry of ticket backends', () => {
  test('lists every folder of a backend, and nothing else', () => {
    expect(Object.keys(ticketBackends).toSorted()).toEqual(folders);
  });

  test.each(folders)('has a README for "%s"', (name) => {
    expect(existsSync(new URL(`${name}/README.md`, BACKENDS))).toBe(true);
  });

  test.each(folders)('has a contract test for "%s" that runs the shared suite', (name) => {
    const file = new URL(`${name}.test.ts`, CONTRACT_TESTS);
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file, 'utf8')).toMatch(/^describeTicketBackend\(/m);
  });

  test.each(testFiles)('leaves no test out in %s', (name) => {
    expect(LEFT_OUT.exec(readFileSync(new URL(name, CONTRACT_TESTS), 'utf8'))).toBeNull();
  });
});
