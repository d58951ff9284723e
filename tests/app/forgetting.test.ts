import { bodyOf, firing, on, resolved } from '../support/app/bodies.js';
import { startApp, type RunningApp } from '../support/app/running-app.js';
import { untilTrue } from '../support/app/until.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe('what is over', () => {
  let app: RunningApp;
  beforeEach(async () => {
    app = await startApp({ ALERTREE_RETENTION: '30d' });
  });
  afterEach(() => app.dispose());

  const groups = async (): Promise<unknown> => (await app.get('/api/v1/ticket-groups').expect(200)).body;

  test('is forgotten after its time, and what fires is not; an alert that comes again begins anew', async () => {
    await app.hear(bodyOf(firing('Over', 'A'), firing('Lasting', 'B'), 'no alert'));
    await app.hear(bodyOf(resolved('Over', 'A', on(16, '12:00'))));
    await app.pass(29 * DAY_MS);
    expect(await groups()).toMatchObject({ total: 2 });

    await app.pass(2 * DAY_MS);
    await untilTrue('what is old is gone', async () => {
      await app.pass(2 * HOUR_MS); // it looks once an hour
      return JSON.stringify(await groups()).includes('"total":1') && app.store.deadLetters().length === 0;
    });

    expect(JSON.stringify(await groups())).toContain('Lasting');
    await app.hear(bodyOf(firing('Over', 'A', '2026-08-01T00:00:00Z'), firing('Lasting', 'B')));
    expect(app.tree().toSorted()).toEqual([
      '[Alert] Lasting instance:B (6/16 11:46) open',
      '[Alert] Over instance:A (6/16 11:46) closed',
      '[Alert] Over instance:A (8/1 09:00) open',
    ]);
    expect(await groups()).toMatchObject({ total: 2 });
  });
});
