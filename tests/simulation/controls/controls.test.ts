import { playHistory } from '../history.js';
import { MUTATIONS } from './mutations.js';

/** Whoever breaks the rule is found out by then. */
const WITHIN = 300;

/** What the oracle has to say of each. */
const FOUND: Readonly<Record<string, RegExp>> = {
  'answers the webhook before the commit': /fires and has no open ticket|open and nothing fires/,
  'believes its writes without reading them back': /open and nothing fires/,
  'tries a create again without a look for the first one': /two tickets carry the key/,
  'looks for a late create at once': /two tickets carry the key/,
  'takes the start of an alert for its identity': /fires and has no open ticket/,
  'sends a note again after an unknown answer': /appears twice/,
};

describe('The simulation finds out a service that', () => {
  it.each(Object.entries(MUTATIONS))(
    '%s',
    async (name, mutation) => {
      let found: readonly string[] = [];
      let seed = 0;
      while (found.length === 0 && seed < WITHIN) {
        seed += 1;
        const { violations } = await playHistory(seed, 'plain', mutation());
        found = violations.filter((violation) => FOUND[name]?.test(violation));
      }
      process.stdout.write(`It ${name}: found out by history ${seed}.\n`);

      expect(found).not.toEqual([]);
    },
    600_000,
  );
});
