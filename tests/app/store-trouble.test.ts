import { DatabaseSync } from 'node:sqlite';
import { jest } from '@jest/globals';
import { sql } from 'kysely';
import { TOKENS } from '../../src/composition-root.tokens.js';
import { bodyOf, firing, on, resolved } from '../support/app/bodies.js';
import { startApp, type RunningApp } from '../support/app/running-app.js';
import { untilTrue } from '../support/app/until.js';

const FIVE_MINUTES_MS = 300_000;
const HOSTS = ['A', 'B', 'C'];
const END = on(16, '12:00');

jest.setTimeout(60_000);

function three(name: string): string {
  return bodyOf(...HOSTS.map((host) => firing(name, host)));
}

function treeOf(name: string): readonly string[] {
  return [
    `[Alert] ${name} instance:A (6/16 11:46) open`,
    `├─ [Alert] ${name} instance:B (6/16 11:46) open`,
    `└─ [Alert] ${name} instance:C (6/16 11:46) open`,
  ];
}

/** The application may be at work just then, and cannot end it while it is waited for. */
function locks(database: DatabaseSync): boolean {
  try {
    database.exec('begin immediate');
    return true;
  } catch {
    return false;
  }
}

describe('a store that fails for a while', () => {
  let app: RunningApp;
  beforeEach(async () => {
    app = await startApp();
  });
  afterEach(() => app.dispose());

  const set = async (pragma: string): Promise<void> => {
    await sql.raw(`pragma ${pragma}`).execute(app.container.get(TOKENS.database));
  };
  /** Alertmanager sends again what was not answered with 200. */
  const heardAtLast = async (body: string): Promise<void> => {
    await app.hear(body);
    await untilTrue('it is ready', async () => (await app.get('/-/ready')).status === 200);
  };

  test('because another program holds its lock: the answer is 503, and health is told meanwhile', async () => {
    const other = new DatabaseSync(app.store.path);
    await untilTrue('it has the lock', () => locks(other));

    let answered = false;
    const answer = app.post('/webhook', three('Locked')).then((response) => {
      answered = true;
      return response;
    });
    await app.get('/-/healthy').expect(200);
    expect(answered).toBe(false);

    expect(await answer).toMatchObject({ status: 503, body: { error: expect.any(String) } });
    await app.get('/-/ready').expect(503, /store cannot be used/);
    await app.get('/-/healthy').expect(200);
    await app.get('/api/v1/ticket-groups').expect(200);
    other.exec('rollback');
    other.close();
    await heardAtLast(three('Locked'));
    expect(app.tree()).toEqual(treeOf('Locked'));
  });

  test.each([
    ['read-only', 'query_only = 1', 'query_only = 0'],
    ['full', 'max_page_count = 1', 'max_page_count = 1073741823'],
  ])('because it is %s: the answer is 503, and nothing of the body is there', async (_what, fail, mend) => {
    await set(fail);
    const large = bodyOf(...Array.from({ length: 500 }, (_, n) => firing(`Alert${n}`, 'A')));
    await app.post('/webhook', large).expect(503);
    await set(mend);

    await heardAtLast(three('Later'));

    expect(app.tree()).toEqual(treeOf('Later'));
    expect((await app.get('/api/v1/ticket-groups')).body).toMatchObject({ total: 1 });
  });

  test('because it is full: it stays not ready while work that writes nothing succeeds', async () => {
    await set('max_page_count = 1');
    const large = bodyOf(...Array.from({ length: 500 }, (_, n) => firing(`Alert${n}`, 'A')));
    await app.post('/webhook', large).expect(503);

    await app.container.get(TOKENS.store).transaction(({ groups }) => groups.episode('none'));
    await app.container.get(TOKENS.storeHealth).execute();

    await app.get('/-/ready').expect(503, /store cannot be used/);
  });

  test.each([
    ['read-only', 'query_only = 1', 'query_only = 0'],
    ['full', 'max_page_count = 1', 'max_page_count = 1073741823'],
  ])(
    'because it is %s in the middle of delivery: what was accepted is delivered once',
    async (_what, fail, mend) => {
      const names = Array.from({ length: 100 }, (_, n) => `Alert${n}`);
      await app.post('/webhook', bodyOf(...names.map((name) => firing(name, 'A')))).expect(200);
      await set(fail);
      await untilTrue('delivery cannot use the store', () =>
        app.logger.lines.some(({ level }) => level === 'error'),
      );
      await set(mend);

      await untilTrue('all is delivered', async () => {
        await app.pass(FIVE_MINUTES_MS); // the leases of what failed run out
        return app.tickets().length >= names.length;
      });

      expect(app.tree().toSorted()).toEqual(
        names.map((name) => `[Alert] ${name} instance:A (6/16 11:46) open`).toSorted(),
      );
      await app.hear(bodyOf(resolved('Alert3', 'A', END)));
      expect(app.tree().filter((line) => line.endsWith('closed'))).toHaveLength(1);
    },
  );
});

describe('a store that failed once while the ticket backend is out', () => {
  let app: RunningApp;
  beforeEach(async () => {
    const env = {
      REDMINE_URL: 'http://127.0.0.1:1',
      REDMINE_API_KEY: 'b'.repeat(40),
      REDMINE_PROJECT_ID: 'alerts',
    };
    app = await startApp(env);
  });
  afterEach(() => app.dispose());

  test('is ready again by itself, though nothing is delivered and nothing comes in', async () => {
    const database = app.container.get(TOKENS.database);
    await sql.raw('pragma query_only = 1').execute(database);
    await app.post('/webhook', three('Down')).expect(503);
    await app.get('/-/ready').expect(503);
    await sql.raw('pragma query_only = 0').execute(database);

    await untilTrue('it is ready', async () => (await app.get('/-/ready')).status === 200);
  });
});
