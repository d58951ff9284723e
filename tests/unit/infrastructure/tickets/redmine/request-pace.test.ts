import { RedmineClient } from '../../../../../src/infrastructure/tickets/redmine/redmine-client.js';
import { statusFailure } from '../../../../../src/infrastructure/tickets/redmine/redmine-failure.js';
import { RequestPace } from '../../../../../src/infrastructure/tickets/redmine/request-pace.js';
import { FakeRedmine } from '../../../../support/fake-redmine/fake-redmine.js';
import { VirtualTimer } from '../../../../support/virtual-timer.js';

const heard = (status: number, asked: number | null) => statusFailure('write', status, null, asked);
const NEVER = Number.POSITIVE_INFINITY;
/** From 0 to `count`, without it. */
const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

/** When each of so many requests that come at once is sent. */
async function sentAt(pace: RequestPace, timer: VirtualTimer, count: number): Promise<readonly number[]> {
  const times = numbers(count).map(async () => {
    await pace.turn(NEVER);
    return timer.now();
  });
  await timer.run();
  return Promise.all(times);
}

describe('the pace of requests', () => {
  it('spreads what comes at once evenly', async () => {
    const timer = new VirtualTimer();

    expect(await sentAt(new RequestPace(4, timer), timer, 5)).toEqual([0, 250, 500, 750, 1000]);
  });

  it('takes fractions', async () => {
    const timer = new VirtualTimer();

    expect(await sentAt(new RequestPace(0.5, timer), timer, 3)).toEqual([0, 2000, 4000]);
  });

  it('saves nothing up in a pause: never are more sent in a second than allowed', async () => {
    const timer = new VirtualTimer();
    const pace = new RequestPace(2, timer);
    await pace.turn(NEVER);
    await timer.pass(60_000);

    expect(await sentAt(pace, timer, 3)).toEqual([60_000, 60_500, 61_000]);
  });

  it('is none without a limit', async () => {
    const timer = new VirtualTimer();

    expect(await sentAt(new RequestPace(null, timer), timer, 100)).toEqual(numbers(100).map(() => 0));
  });

  it('refuses at once whose turn would come too late, and the turn stays for another', async () => {
    const timer = new VirtualTimer();
    const pace = new RequestPace(1, timer);
    await pace.turn(NEVER);

    await expect(pace.turn(999)).rejects.toMatchObject({
      reason: 'rate-limited',
      retryable: true,
      effect: 'none',
      remedy: expect.stringContaining('REDMINE_MAX_REQUESTS_PER_SECOND'),
    });

    expect(await sentAt(pace, timer, 1)).toEqual([1000]);
  });
});

describe('the client of Redmine', () => {
  let fake: FakeRedmine;
  beforeEach(async () => (fake = await FakeRedmine.start()));
  afterEach(() => fake.stop());

  it('keeps the pace over all of its calls, and never sends what would come after the end of its call', async () => {
    const timer = new VirtualTimer();
    const address = { url: fake.url, apiKey: 'k'.repeat(40), requestsPerSecond: 0.5 };
    const client = new RedmineClient(address, 3_000, timer);

    const results = [1, 2, 3].map(() => client.call().post('/issues.json', { issue: {} }));
    const settled = Promise.allSettled(results);
    await timer.run();

    // Two were sent, and answered 401: the key is nobody's.
    expect((await settled).map((one) => (one as PromiseRejectedResult).reason)).toEqual([
      expect.objectContaining({ reason: 'unauthorized' }),
      expect.objectContaining({ reason: 'unauthorized' }),
      expect.objectContaining({ reason: 'rate-limited', effect: 'none' }),
    ]);
    expect(fake.requests).toHaveLength(2);
    expect(timer.now()).toBe(2000);
  });
});

describe('a server that wants fewer requests', () => {
  const MINUTE = 60_000;

  it('gets at most one a second for ten minutes after it said so', async () => {
    const timer = new VirtualTimer();
    const pace = new RequestPace(100, timer);
    pace.heed(heard(429, null));

    expect(await sentAt(pace, timer, 3)).toEqual([1000, 2000, 3000]);
    await timer.pass(10 * MINUTE);
    expect(await sentAt(pace, timer, 2)).toEqual([603_000, 603_010]);
  });

  it('gets them no faster than the configuration says', async () => {
    const timer = new VirtualTimer();
    const pace = new RequestPace(0.5, timer);
    pace.heed(heard(429, null));

    expect(await sentAt(pace, timer, 2)).toEqual([1000, 3000]);
  });

  it.each([429, 503])('gets none while it asks to be left alone, with a %d', async (status) => {
    const timer = new VirtualTimer();
    const pace = new RequestPace(null, timer);
    pace.heed(heard(status, 30_000));

    await timer.pass(10_000);
    await expect(pace.turn(NEVER)).rejects.toMatchObject({
      reason: status === 429 ? 'rate-limited' : 'unavailable',
      effect: 'none',
      retryAfterMs: 20_000,
    });
    await timer.pass(20_000);
    expect(await sentAt(pace, timer, 1)).toEqual([30_000]);
  });

  it('gets none that waited for its turn either', async () => {
    const timer = new VirtualTimer();
    const pace = new RequestPace(1, timer);
    await pace.turn(NEVER);
    const waiting = pace.turn(NEVER).catch((error: unknown) => error);

    pace.heed(heard(503, 30_000));
    await timer.run();

    expect(await waiting).toMatchObject({ reason: 'unavailable', effect: 'none', retryAfterMs: 29_000 });
  });

  it('is believed the longer time of two', async () => {
    const timer = new VirtualTimer();
    const pace = new RequestPace(null, timer);
    pace.heed(heard(429, 30_000));
    pace.heed(heard(503, 5_000));

    await expect(pace.turn(NEVER)).rejects.toMatchObject({ retryAfterMs: 30_000 });
  });
});
