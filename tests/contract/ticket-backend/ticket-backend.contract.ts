import { describeDuplicates } from './duplicates.contract.js';
import { describeFailing } from './failing.contract.js';
import { describeFinding } from './finding.contract.js';
import type { CurrentHarness, TicketBackendHarness } from './harness.js';
import { describeMany, openMany, type ManyTickets } from './many.contract.js';
import { describeOpening } from './opening.contract.js';
import { describeReading } from './reading.contract.js';
import { describeText } from './text.contract.js';
import { describeUpdating } from './updating.contract.js';

/**
 * What the port `TicketBackend` promises, as tests. Every backend and every fake runs all of them: nothing can be left
 * out, and each test gets a server as if of its own, but for those that need many tickets.
 */
export function describeTicketBackend(
  name: string,
  createHarness: () => Promise<TicketBackendHarness>,
): void {
  describe(`${name} as a ticket backend`, () => {
    const { current, begin, end } = oneAtATime(createHarness);
    beforeEach(begin);
    afterEach(end);

    describeOpening(current);
    describeUpdating(current);
    describeDuplicates(current);
    describeReading(current);
    describeFinding(current);
    describeText(current);
    describeFailing(current);
  });

  describe(`${name} as a ticket backend with many tickets`, () => {
    const { current, begin, end } = oneAtATime(createHarness);
    let many: ManyTickets | null = null;
    beforeAll(async () => {
      await begin();
      many = await openMany(current);
    });
    afterAll(end);

    describeMany(current, () => present(many));
  });
}

/** The harness between its beginning and its end. */
function oneAtATime(createHarness: () => Promise<TicketBackendHarness>): {
  readonly current: CurrentHarness;
  begin(this: void): Promise<void>;
  end(this: void): Promise<void>;
} {
  let harness: TicketBackendHarness | null = null;
  return {
    current: () => present(harness),
    begin: async () => {
      harness = await createHarness();
    },
    end: async () => {
      await harness?.dispose();
      harness = null;
    },
  };
}

function present<T>(value: T | null): T {
  if (value === null) throw new Error('it is there only while a test runs');
  return value;
}
