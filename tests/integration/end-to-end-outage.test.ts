import { jest } from '@jest/globals';
import { bodyOf, firing, on, resolved } from '../support/app/bodies.js';
import { startApp, type RunningApp } from '../support/app/running-app.js';
import { untilTrue } from '../support/app/until.js';
import { SeenRedmine } from '../support/end-to-end/seen-redmine.js';
import { variablesOf } from '../support/end-to-end/stage.js';
import { eventually } from './support/eventually.js';
import { startRedmine, type RedmineServer } from './support/servers.js';

// A Redmine that is not there yet is built and started first.
jest.setTimeout(900_000);

const NAME = 'Server ICMP-Check';
const ENDED = on(16, '12:30');

describe('a real Redmine that is stopped', () => {
  let server: RedmineServer;
  let redmine: SeenRedmine;
  let app: RunningApp | null = null;
  beforeAll(async () => {
    // One of its own, on SQLite: others use the default one meanwhile.
    server = await startRedmine('sqlite');
    redmine = new SeenRedmine(server);
  });
  afterAll(() => server.removeProject());
  beforeEach(() => server.reset());
  afterEach(async () => {
    await app?.dispose();
    app = null;
  });

  const started = async (): Promise<RunningApp> => (app = await startApp(variablesOf(server)));
  /** Starts it again whatever comes of the work. */
  async function whileStopped<T>(work: () => Promise<T>): Promise<T> {
    await server.stop();
    try {
      await redmineIsDown();
      const done = await work();
      await redmineIsDown();
      return done;
    } finally {
      await server.start();
    }
  }

  const redmineIsDown = () => expect(fetch(server.url)).rejects.toThrow('fetch failed');

  /** Resolves when Redmine shows this tree, and Alertree has read back all of it. */
  async function treeBecomes(alertree: RunningApp, ...lines: readonly string[]): Promise<void> {
    await eventually(
      () => redmine.tree(),
      (tree) => tree.join('\n') === lines.join('\n'),
      30,
    );
    await alertree.quiet();
  }

  test('keeps no webhook waiting, and has the right tree when it is back', async () => {
    const alertree = await started();
    await alertree.hear(bodyOf(firing(NAME, 'A'), firing(NAME, 'B')));
    const bodies = [
      bodyOf(firing(NAME, 'C')),
      bodyOf(resolved(NAME, 'B', ENDED)),
      bodyOf(firing(NAME, 'D')),
      bodyOf(firing(NAME, 'A'), firing(NAME, 'C'), resolved(NAME, 'D', ENDED)),
    ];

    await whileStopped(async () => {
      for (const body of bodies) await alertree.post('/webhook', body).expect(200);
    });

    await treeBecomes(alertree, 'A New', '  B Closed', '  C New');
    await alertree.hear(bodyOf(resolved(NAME, 'A', ENDED), resolved(NAME, 'C', ENDED)));
    await treeBecomes(alertree, 'A Closed', '  B Closed', '  C Closed');
    const [a, b, c] = await Promise.all((await redmine.issues()).map(({ id }) => redmine.notes(id)));
    expect([b, c]).toEqual([[expect.any(String)], [expect.any(String)]]);
    // What came and went meanwhile is told by the root.
    expect(a?.filter((note) => note.includes(`instance:D`))).toHaveLength(1);
  });

  test('does not keep Alertree from starting, and gets its tickets later', async () => {
    const alertree = await whileStopped(async () => {
      const one = await started();
      await one.post('/webhook', bodyOf(firing(NAME, 'A'), firing(NAME, 'B'))).expect(200);
      await one.get('/-/ready').expect(200);
      await untilTrue('it says what is wrong', async () => {
        const shown = await one.get('/api/v1/ticket-groups').expect(200);
        return shown.text.includes('Redmine cannot be reached');
      });
      return one;
    });

    await treeBecomes(alertree, 'A New', '  B New');
  });
});
