import { resultOf, startApp, type RunningApp } from '../support/app/running-app.js';
import { SEED_FIRING, SEED_RESOLVED } from '../unit/interfaces/http/webhook-bodies.js';

describe('the two requests of the README that people followed', () => {
  let app: RunningApp;
  beforeEach(async () => {
    app = await startApp();
  });
  afterEach(() => app.dispose());

  test.each(['/webhook?wait=10', '/alert?wait=10'])(
    'open a ticket once and close it once, sent twice each to %s',
    async (path) => {
      const answers: unknown[] = [];
      for (const body of [SEED_FIRING, SEED_FIRING, SEED_RESOLVED, SEED_RESOLVED]) {
        const response = await app.post(path, body).expect(200);
        answers.push(response.body);
      }

      const accepted = { accepted: 1, rejected: [] };
      expect(answers).toEqual([
        { ...accepted, result: [{ created: '1' }] },
        { ...accepted, result: [{ already_exists: '1' }] },
        { ...accepted, result: [{ closed: '1' }] },
        { ...accepted, result: [{ no_open_issue: 'Qiita_Manual_Alert:testhost' }] },
      ]);
      const tickets = app.tickets();
      expect(tickets).toHaveLength(1);
      expect(tickets[0]).toMatchObject({ status: 'closed', parentId: null });
      expect(tickets[0]?.subject).toMatch(
        /^\[Alert\] Qiita_Manual_Alert instance:testhost \(\d+\/\d+ \d+:\d\d\)$/,
      );
      expect(tickets[0]?.description).toContain('Webhookテスト');
      expect(tickets[0]?.notes).toHaveLength(1);
    },
  );

  test('open a new ticket under the first one when the alert fires again', async () => {
    for (const body of [SEED_FIRING, SEED_RESOLVED]) await app.post('/webhook?wait=10', body).expect(200);

    const response = await app.post('/webhook?wait=10', SEED_FIRING).expect(200);

    expect(resultOf(response.body)).toEqual([{ created: '2' }]);
    await app.quiet();
    expect(app.tickets().map(({ status, parentId }) => [status, parentId])).toEqual([
      ['open', null],
      ['open', 1],
    ]);
  });
});
