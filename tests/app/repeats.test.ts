import { bodyOf, firing } from '../support/app/bodies.js';
import { resultOf, startApp, type RunningApp } from '../support/app/running-app.js';

const NAME = 'HostMemoryUsageHigh-Usage90%';

describe('a notification of what is known', () => {
  let app: RunningApp;
  beforeEach(async () => {
    app = await startApp();
  });
  afterEach(() => app.dispose());

  test('writes nothing to the tickets, fifty times over and from both peers of a pair at once', async () => {
    const peers = [
      bodyOf(firing(NAME, 'A'), firing(NAME, 'B'), firing(NAME, 'C')),
      bodyOf(firing(NAME, 'C'), firing(NAME, 'B'), firing(NAME, 'A')),
    ] as const;
    await app.hear(peers[0]);
    const before = { revision: app.store.trackerRevision(), tickets: app.tickets() };

    for (let repeat = 0; repeat < 50; repeat += 1) {
      const [one, other] = await Promise.all(peers.map((body) => app.post('/webhook?wait=10', body)));
      expect(one?.body).toMatchObject({
        result: [{ already_exists: '1' }, { already_exists: '2' }, { already_exists: '3' }],
      });
      expect(resultOf(other?.body)).toEqual([
        { already_exists: '3' },
        { already_exists: '2' },
        { already_exists: '1' },
      ]);
    }

    await app.quiet();
    expect(app.store.trackerRevision()).toBe(before.revision);
    expect(app.tickets()).toEqual(before.tickets);
  });

  test('makes one ticket of copies that arrive at the same moment', async () => {
    const body = bodyOf(firing(NAME, 'A'));

    const answers = await Promise.all(
      Array.from({ length: 20 }, () => app.post('/webhook?wait=10', body).expect(200)),
    );

    const results = answers.map((answer) => JSON.stringify(resultOf(answer.body)));
    expect(results.filter((result) => result === '[{"created":"1"}]')).toHaveLength(1);
    expect(results.filter((result) => result === '[{"already_exists":"1"}]')).toHaveLength(19);
    await app.quiet();
    expect(app.tickets()).toHaveLength(1);
  });
});
