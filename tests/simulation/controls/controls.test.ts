import { playHistory } from '../history.js';
import { MUTATIONS } from './mutations.js';

/** Whoever breaks the rule is found out by then. */
const WITHIN = 300;

const LOST = /fires and has no open ticket|open and nothing fires|closed without a cause/;

/** What the oracle has to say of each; where it is several things, all of them. */
const FOUND: Readonly<Record<keyof typeof MUTATIONS, readonly RegExp[]>> = {
  // At the moment when the sender is told, and by the tickets that are wrong for it.
  'acknowledges before the commit': [/acknowledged and is not committed/, LOST],
  'does not read back what it wrote': [/open and nothing fires/],
  'retries creates blindly': [/the create of \w+ is sent again/],
  'looks for a late create at once': [/the create of \w+ is sent again/],
  // A Prometheus that was started anew gives what fires a new start.
  'takes labels and startsAt for the identity': [/has \d+ open tickets: /],
  'sends notes again after an unknown answer': [/appears twice/],
  'takes a note for written whose answer is lost': [/is taken for sent and is not there/],
  'makes every ticket a root': [/are both open roots/],
  'names nobody who has no ticket': [/times, and \d+ were told of|nobody was told/],
};

const NAMES = Object.keys(MUTATIONS) as (keyof typeof MUTATIONS)[];

describe('The simulation finds out a service that', () => {
  it.each(NAMES)(
    '%s',
    async (name) => {
      let missed = FOUND[name];
      for (let seed = 1; missed.length > 0 && seed <= WITHIN; seed += 1) {
        const { violations } = await playHistory(seed, 'plain', MUTATIONS[name]());
        const isSaid = (what: RegExp): boolean => violations.some((violation) => what.test(violation));
        for (const what of missed.filter(isSaid))
          process.stdout.write(`It ${name}: history ${seed} shows "${what.source}".\n`);
        missed = missed.filter((what) => !isSaid(what));
      }

      expect(missed).toEqual([]);
    },
    600_000,
  );
});
