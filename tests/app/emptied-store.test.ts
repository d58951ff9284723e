import { bodyOf, firing, on, resolved } from '../support/app/bodies.js';
import { startApp, type Environment, type RunningApp } from '../support/app/running-app.js';
import { untilTrue } from '../support/app/until.js';
import { SeenRedmine } from '../support/end-to-end/seen-redmine.js';
import { FakeRedmine } from '../support/fake-redmine/fake-redmine.js';
import type { FakeRequest } from '../support/fake-redmine/fault.js';

const NAME = 'Server ICMP-Check';
const ALL_FIRE = bodyOf(firing(NAME, 'A'), firing(NAME, 'B'), firing(NAME, 'C'));

describe('a data folder that was deleted', () => {
  let fake: FakeRedmine;
  let redmine: SeenRedmine;
  let app: RunningApp;
  beforeEach(async () => {
    fake = await FakeRedmine.start();
    redmine = new SeenRedmine({ url: fake.url, adminKey: keyOf('admin'), project: 'alerts' });
    app = await startApp(environment());
    await app.hear(ALL_FIRE);
  });
  afterEach(async () => {
    await app.dispose();
    await fake.stop();
  });

  const keyOf = (login: string): string => fake.model.users.find((one) => one.login === login)?.apiKey ?? '';
  const environment = (): Environment => ({
    REDMINE_URL: fake.url,
    REDMINE_API_KEY: keyOf('alertree'),
    REDMINE_PROJECT_ID: 'alerts',
  });
  const startAnew = async (): Promise<void> => {
    await app.dispose();
    app = await startApp(environment());
  };
  const adopted = (): Promise<void> =>
    untilTrue(
      'the open tickets are known',
      () => app.logger.linesOf('open tickets of the backend are known').length > 0,
    );
  const writesIn = async (work: () => Promise<void>): Promise<readonly FakeRequest[]> => {
    const before = fake.requests.length;
    await work();
    return fake.requests.slice(before).filter(({ method }) => method !== 'GET');
  };

  test('has the open tickets adopted: repeats write nothing, a newcomer joins the tree, what ends is closed', async () => {
    await startAnew();
    await adopted();

    const writes = await writesIn(async () => {
      await app.hear(bodyOf(firing(NAME, 'B')));
      await app.hear(ALL_FIRE);
    });
    expect(writes).toEqual([]);

    await app.hear(bodyOf(firing(NAME, 'D', on(16, '12:10')), resolved(NAME, 'B', on(16, '12:00'))));
    expect(await redmine.tree()).toEqual(['A New', '  B Closed', '  C New', '  D New']);
    await app.hear(bodyOf(...['A', 'C', 'D'].map((host) => resolved(NAME, host, on(16, '12:30')))));
    expect(await redmine.tree()).toEqual(['A Closed', '  B Closed', '  C Closed', '  D Closed']);
  });

  test('costs no second ticket where Redmine cannot be reached at the start, and alerts are taken in', async () => {
    fake.fault = () => ({ kind: 'answer', status: 503 });
    await startAnew();
    await app.post('/webhook', bodyOf(firing(NAME, 'C'), firing(NAME, 'E'))).expect(200);
    fake.fault = () => null;

    const writes = await writesIn(async () => {
      await app.pass(10_000);
      await adopted();
      await untilTrue('the newcomer has its ticket', async () => (await redmine.tree()).length > 3);
      await app.quiet();
    });

    expect(writes).toHaveLength(1);
    expect(await redmine.tree()).toEqual(['A New', '  B New', '  C New', '  E New']);
  });

  test('is told of: what is adopted shows in the API and the metrics until it is heard', async () => {
    await startAnew();
    await adopted();

    const { body } = await app.get('/api/v1/ticket-groups').expect(200);
    expect(body).toMatchObject({
      total: 1,
      groups: [{ endedBy: 'adopted', tickets: [{ episode: { presumedSince: expect.any(String) } }] }],
    });
    expect((await app.get('/metrics')).text).toContain('\nalertree_presumed_episodes 3\n');

    await app.hear(ALL_FIRE);
    expect((await app.get('/metrics')).text).toContain('\nalertree_presumed_episodes 0\n');
  });

  test('is not adopted twice: a restart goes on with what it knows', async () => {
    await startAnew();
    await adopted();
    app = await app.restart(environment());
    await untilTrue('Redmine has answered', () => app.logger.linesOf('ticket backend is ready').length > 0);
    await app.hear(ALL_FIRE);

    expect(app.logger.linesOf('open tickets of the backend are known')).toEqual([]);
    expect(await redmine.tree()).toEqual(['A New', '  B New', '  C New']);
  });
});
