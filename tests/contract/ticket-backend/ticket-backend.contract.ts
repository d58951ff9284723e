import { describeDuplicates } from './duplicates.contract.js';
import { describeFailing } from './failing.contract.js';
import { describeFinding } from './finding.contract.js';
import type { TicketBackendHarness } from './harness.js';
import { describeOpening } from './opening.contract.js';
import { describeReading } from './reading.contract.js';
import { describeText } from './text.contract.js';
import { describeUpdating } from './updating.contract.js';

/**
 * What the port `TicketBackend` promises, as tests. Every backend and every fake runs all of them: nothing can be left
 * out, and each test gets a server of its own.
 */
export function describeTicketBackend(
  name: string,
  createHarness: () => Promise<TicketBackendHarness>,
): void {
  describe(`${name} as a ticket backend`, () => {
    let harness: TicketBackendHarness | null = null;

    beforeEach(async () => {
      harness = await createHarness();
    });

    afterEach(async () => {
      await harness?.dispose();
      harness = null;
    });

    const current = (): TicketBackendHarness => {
      if (harness === null) throw new Error('there is a harness only while a test runs');
      return harness;
    };

    describeOpening(current);
    describeUpdating(current);
    describeDuplicates(current);
    describeReading(current);
    describeFinding(current);
    describeText(current);
    describeFailing(current);
  });
}
