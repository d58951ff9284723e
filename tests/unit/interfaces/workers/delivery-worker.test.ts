import { StoreUnavailableError, type Lease, type Store } from '../../../../src/application/ports/store.js';
import { InProcessDoorbell } from '../../../../src/infrastructure/system/in-process-doorbell.js';
import { DeliveryWorker } from '../../../../src/interfaces/workers/delivery-worker.js';
import { untilTrue } from '../../../support/app/until.js';
import { aGroup, aHead, aTicket } from '../../../support/builders/rows.js';
import { InMemoryStore } from '../../../support/in-memory-store/in-memory-store.js';
import { RecordingLogger } from '../../../support/recording-logger.js';
import { VirtualClock } from '../../../support/world/fakes.js';

const HOUR = 3_600_000;
const NOW = 10 * HOUR;

/** A store that fails as long as it is asked to. */
class FailingStore implements Store {
  fails = false;

  constructor(readonly inner = new InMemoryStore()) {}

  transaction: Store['transaction'] = (work) =>
    this.fails
      ? Promise.reject(new StoreUnavailableError('The disk is full.'))
      : this.inner.transaction(work);
}

describe('the delivery worker', () => {
  let clock: VirtualClock;
  let store: FailingStore;
  let doorbell: InProcessDoorbell;
  let logger: RecordingLogger;
  let delivered: string[];
  let worker: DeliveryWorker;
  /** What becomes of a group that is delivered. */
  let deliver: (lease: Lease) => Promise<void>;

  beforeEach(() => {
    clock = new VirtualClock(NOW);
    store = new FailingStore();
    doorbell = new InProcessDoorbell();
    logger = new RecordingLogger();
    delivered = [];
    deliver = ({ groupId }) => setDue(groupId, null);
    const deliverGroup = {
      execute: async (lease: Lease): Promise<void> => {
        await deliver(lease);
        delivered.push(lease.groupId);
      },
    };
    const ports = { store, clock, doorbell, logger };
    const claimant = { instance: 'backend', owner: 'test' };
    worker = new DeliveryWorker(deliverGroup, ports, claimant, { mayDeliver: true });
  });
  afterEach(() => worker.stop());

  const setDue = (groupId: string, at: number | null): Promise<void> =>
    store.transaction(({ groups }) => groups.setDue(groupId, at));
  const keep = (dueAt: number): Promise<void> => {
    const tickets = [aTicket({ retryAt: dueAt, workAt: dueAt })];
    return store.transaction(({ groups }) => groups.save([aGroup(aHead({ dueAt }), { tickets })]));
  };

  it('delivers what waits when the clock is set back by an hour, and not an hour later', async () => {
    await keep(NOW);
    worker.start();
    await untilTrue('it has looked at the clock', () => delivered.length === 1);
    await setDue('group-1', NOW + 1_000);

    clock.advance(-HOUR);
    doorbell.ring();

    await untilTrue('it is delivered again', () => delivered.length === 2);
    expect(logger.lines.map(({ message }) => message)).toEqual([
      'the clock was set back, everything that waits is tried at once',
    ]);
  });

  it('takes no notice of a clock that is corrected by a second', async () => {
    await keep(NOW);
    worker.start();
    await untilTrue('it has looked at the clock', () => delivered.length === 1);
    await setDue('group-1', NOW + 500);
    clock.advance(-1_000);
    doorbell.ring();
    clock.advance(2_000);
    doorbell.ring();

    await untilTrue('it is delivered when it is due', () => delivered.length === 2);
    expect(logger.lines).toEqual([]);
  });

  it('does not deliver a group twice at once when the clock is set forward past its lease', async () => {
    const begun: string[] = [];
    const answer = Promise.withResolvers<void>();
    deliver = async ({ groupId }) => {
      begun.push(groupId);
      if (groupId === 'group-1') await answer.promise;
      await setDue(groupId, null);
    };
    await keep(NOW);
    worker.start();
    await untilTrue('the first is under way', () => begun.length === 1);
    const another = aGroup(aHead({ id: 'group-2', dueAt: NOW + 1 }));
    await store.transaction(({ groups }) => groups.save([another]));

    clock.advance(HOUR);
    doorbell.ring();

    await untilTrue('another is delivered', () => delivered.includes('group-2'));
    expect(begun).toEqual(['group-1', 'group-2']);
    const nextDue = await store.transaction(({ leases }) => leases.nextDue('backend', clock.now()));
    expect(nextDue).toBeGreaterThan(clock.now());
    answer.resolve();
  });

  it('gives a lease back with its next look when the store failed to take it', async () => {
    await keep(NOW);
    deliver = async () => {
      store.fails = true;
    };
    worker.start();
    await untilTrue('the lease could not be given back', () =>
      logger.lines.some(({ message }) => message.startsWith('lease not given back')),
    );
    deliver = ({ groupId }) => setDue(groupId, null);

    store.fails = false;
    doorbell.ring();

    // Its lease would keep everybody off for two minutes, and the clock stands still.
    await untilTrue('it is delivered again', () => delivered.length === 2);
  });
});
