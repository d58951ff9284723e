import { describeAdoption } from './adoption.contract.js';
import { describeBulk } from './bulk.contract.js';
import { describeClockSteps } from './clock-steps.contract.js';
import { describeDeadLetters } from './dead-letters.contract.js';
import { describeFigures } from './figures.contract.js';
import { describeForgetting } from './forgetting.contract.js';
import { describeForgettingNothingElse } from './not-forgetting.contract.js';
import { describeLeases } from './leases.contract.js';
import { describeLookups } from './lookups.contract.js';
import { describeOneGroup } from './one-group.contract.js';
import { describeQueries } from './queries.contract.js';
import { describeRoundTrip } from './round-trip.contract.js';
import { describeSearch } from './search.contract.js';
import { describeSlices } from './slices.contract.js';
import type { StoreHarness } from './store-harness.js';
import { describeTransactions } from './transactions.contract.js';
import { describeUniqueness } from './uniqueness.contract.js';

/** What every store promises, whatever it keeps its rows in. `createHarness` opens an empty one. */
export function describeStore(name: string, createHarness: () => Promise<StoreHarness>): void {
  describe(name, () => {
    let harness: StoreHarness;
    beforeEach(async () => {
      harness = await createHarness();
    });
    afterEach(() => harness.close());

    const current = (): StoreHarness => harness;
    describeTransactions(current);
    describeUniqueness(current);
    describeRoundTrip(current);
    describeSlices(current);
    describeLookups(current);
    describeClockSteps(current);
    describeLeases(current);
    describeOneGroup(current);
    describeQueries(current);
    describeSearch(current);
    describeFigures(current);
    describeAdoption(current);
    describeDeadLetters(current);
    describeForgetting(current);
    describeForgettingNothingElse(current);
    describeBulk(current);
  });
}
