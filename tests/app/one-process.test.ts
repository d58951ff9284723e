import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { AlertreeProcess, buildAlertree, type BuiltAlertree } from '../support/app/built-alertree.js';
import { bodyOf, firing } from '../support/app/bodies.js';
import { newDataDir } from '../support/app/running-app.js';
import { StoreFile } from '../support/app/store-file.js';
import { untilTrue } from '../support/app/until.js';
import { FakeRedmine } from '../support/fake-redmine/fake-redmine.js';

jest.setTimeout(90_000);

let built: BuiltAlertree;
let dataDir: string;
const processes: AlertreeProcess[] = [];

beforeAll(async () => {
  built = await buildAlertree();
});
afterAll(() => built.remove());
beforeEach(async () => {
  dataDir = await newDataDir();
});
afterEach(async () => {
  for (const one of processes.splice(0)) await one.dispose();
  await rm(dataDir, { recursive: true });
});

function startProcess(env: Readonly<Record<string, string>> = {}): AlertreeProcess {
  const place = { ALERTREE_DATA_DIR: dataDir, ALERTREE_LISTEN: '127.0.0.1:0' };
  const started = new AlertreeProcess({ main: built.main, env: { ...place, ...env } });
  processes.push(started);
  return started;
}

function post(baseUrl: string, body: string): Promise<Response> {
  return fetch(`${baseUrl}/webhook`, { method: 'POST', body });
}

describe('a store', () => {
  test('takes no second process, which says so and leaves the first alone', async () => {
    const first = await startProcess().baseUrl();

    const second = startProcess();

    expect(await second.ended()).toBe(1);
    expect(second.output).toMatch(
      /^Alertree does not start: Another Alertree uses \S+alertree\.db: stop it, or give this one another ALERTREE_DATA_DIR\.\n$/,
    );
    expect((await post(first, bodyOf(firing('Down', 'A')))).status).toBe(200);
  });

  test('takes the next process as soon as the one before it was killed', async () => {
    for (let round = 0; round < 3; round += 1) {
      const alertree = startProcess();
      await alertree.baseUrl();
      alertree.signal('SIGKILL');
      await alertree.ended();
    }

    expect((await post(await startProcess().baseUrl(), bodyOf(firing('Down', 'A')))).status).toBe(200);
  });

  test('that is damaged is named when the process starts, with what can be done, and not touched', async () => {
    const file = join(dataDir, 'alertree.db');
    await writeFile(file, 'the notes of somebody, and surely no database'.repeat(100));

    const alertree = startProcess();

    expect(await alertree.ended()).toBe(1);
    expect(alertree.output).toMatch(
      /^Alertree does not start: The store \S+ cannot be opened: .*not a database\. Put a backup in its place.*\n$/,
    );
  });
});

describe('a process whose Redmine never answers', () => {
  let redmine: FakeRedmine;
  beforeEach(async () => {
    redmine = await FakeRedmine.start();
  });
  afterEach(() => redmine.stop());

  test('ends in peace all the same, and the next one finds the tickets that were created meanwhile', async () => {
    const env = {
      REDMINE_URL: redmine.url,
      REDMINE_API_KEY: 'b'.repeat(40),
      REDMINE_PROJECT_ID: 'alerts',
      REDMINE_LATE_COMMIT_SECONDS: '1',
    };
    redmine.fault = ({ method }) => (method === 'POST' ? { kind: 'late' } : null);
    const alertree = startProcess(env);
    const names = Array.from({ length: 10 }, (_, index) => `Down${index}`);
    await post(await alertree.baseUrl(), bodyOf(...names.map((name) => firing(name, 'A'))));
    await untilTrue('creates are under way', () => redmine.requests.some(({ method }) => method === 'POST'));

    alertree.signal('SIGTERM');

    expect(await alertree.ended()).toBe(0);
    expect(alertree.output).toContain('stopping without an answer of the ticket backend');
    expect(new StoreFile(dataDir).isClosed()).toBe(true);
    redmine.commitLate();
    redmine.fault = () => null;
    await startProcess(env).baseUrl();
    await untilTrue('all is delivered', () => new StoreFile(dataDir).isQuiet(Date.now()));
    const subjects = [...redmine.model.issues.values()].map(
      ({ subject }) => /Down\d/.exec(subject)?.[0] ?? '',
    );
    expect(subjects.toSorted()).toEqual(names);
  });
});
