import { existsSync, readdirSync, readFileSync } from 'node:fs';
import {
  ticketBackendPrefixes,
  ticketBackendVariables,
} from '../../../src/infrastructure/config/ticket-backend-variables.js';
import { ticketBackends } from '../../../src/infrastructure/tickets/index.js';
import type { TicketBackendDefinition } from '../../../src/infrastructure/tickets/ticket-backend-definition.js';

const BACKENDS = new URL('../../../src/infrastructure/tickets/', import.meta.url);
const CONTRACT_TESTS = new URL('./', import.meta.url);

const folders = readdirSync(BACKENDS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'shared')
  .map((entry) => entry.name)
  .toSorted();

const testFiles = readdirSync(CONTRACT_TESTS, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
);

const definitions = Object.entries<TicketBackendDefinition>(ticketBackends);

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

  test.each(definitions)('begins the names of the variables of "%s" with its own', (name, definition) => {
    const [prefix = 'none'] = ticketBackendPrefixes({ [name]: definition });

    const others = ticketBackendVariables({ [name]: definition }).filter((one) => !one.startsWith(prefix));
    expect(others).toEqual([]);
  });

  test.each(definitions)(
    'finds among the variables of "%s" all that it calls its own',
    (_name, definition) => {
      const { variables, chosenBy, secrets, olderNames = [] } = definition;
      const mentioned = [chosenBy ?? [], secrets, olderNames.map(([, proper]) => proper)].flat();

      expect(Object.keys(variables.shape)).toEqual(expect.arrayContaining(mentioned));
    },
  );

  test('has one backend for those who choose none', () => {
    const unchosen = definitions.filter(([, { chosenBy }]) => chosenBy === null);

    expect(unchosen.map(([name]) => name)).toEqual(['embedded']);
  });

  test.each(testFiles)('leaves no test out in %s', (name) => {
    expect(LEFT_OUT.exec(readFileSync(new URL(name, CONTRACT_TESTS), 'utf8'))).toBeNull();
  });
});
