import { bodyOf, firing, on, resolved } from '../support/app/bodies.js';
import { resultOf, startApp, type RunningApp } from '../support/app/running-app.js';

const NAME = 'HostMemoryUsageHigh-Usage90%';

describe('what was taken in', () => {
  let app: RunningApp;
  beforeEach(async () => {
    app = await startApp();
  });
  afterEach(() => app.dispose());

  test('is there after a restart, and goes on from where it was', async () => {
    await app.hear(bodyOf(firing(NAME, 'A'), firing(NAME, 'B')));
    const before = { tickets: app.tickets(), revision: app.store.trackerRevision() };

    app = await app.restart();
    expect(app.tickets()).toEqual(before.tickets);
    await app.hear(bodyOf(firing(NAME, 'A'), firing(NAME, 'B')));
    expect(app.store.trackerRevision()).toBe(before.revision);

    await app.hear(bodyOf(firing(NAME, 'C', on(16, '11:51')), resolved(NAME, 'B', on(16, '11:50'))));
    app = await app.restart();
    await app.hear(bodyOf(resolved(NAME, 'A', on(16, '12:00'))));

    expect(app.tree()).toEqual([
      '[Alert] HostMemoryUsageHigh-Usage90% instance:A (6/16 11:46) open',
      '├─ [Alert] HostMemoryUsageHigh-Usage90% instance:B (6/16 11:46) closed',
      '└─ [Alert] HostMemoryUsageHigh-Usage90% instance:C (6/16 11:51) open',
    ]);
  });

  test('is delivered after a restart when there was no time before', async () => {
    await app.post('/webhook', bodyOf(...['A', 'B', 'C', 'D'].map((host) => firing(NAME, host)))).expect(200);
    app = await app.restart();

    await app.quiet();

    expect(app.tree().map((line) => line.replace(/.*instance:/, ''))).toEqual([
      'A (6/16 11:46) open',
      'B (6/16 11:46) open',
      'C (6/16 11:46) open',
      'D (6/16 11:46) open',
    ]);
  });

  test('does not suffer from a bad alert beside it, which is rejected alone and kept', async () => {
    const noStatus = { labels: { alertname: NAME, instance: '悪い' } };
    const body = bodyOf(firing(NAME, 'A'), noStatus, firing(NAME, 'B'), 'no alert at all');

    const response = await app.post('/webhook/tokyo?wait=10', body).expect(200);

    expect(response.body).toMatchObject({
      accepted: 2,
      rejected: [
        { index: 1, problem: expect.stringContaining('status') },
        { index: 3, problem: 'an alert must be an object' },
      ],
    });
    expect(resultOf(response.body)).toEqual([{ created: '1' }, { created: '2' }]);
    const listed = await app.get('/api/v1/dead-letters').expect(200);
    expect(listed.body).toMatchObject({ total: 2 });
    expect(app.store.deadLetters()).toEqual([
      { source: 'tokyo', problem: expect.stringContaining('status'), body: JSON.stringify(noStatus) },
      { source: 'tokyo', problem: 'an alert must be an object', body: '"no alert at all"' },
    ]);
  });

  test('is nothing of a body that cannot be read as a whole', async () => {
    await app.post('/webhook', `${bodyOf(firing(NAME, 'A')).slice(0, -1)},`).expect(400);

    await app.quiet();
    expect(app.tickets()).toEqual([]);
    expect(app.store.deadLetters()).toEqual([]);
  });
});
