import { jest } from '@jest/globals';
import {
  startAlertmanager,
  type Alertmanager,
  type PostedAlert,
} from '../support/alertmanager/alertmanager.js';
import { Stage } from '../support/end-to-end/stage.js';
import { eventually } from './support/eventually.js';

// A Redmine that is not there yet is built and started first.
jest.setTimeout(900_000);

const now = () => new Date().toISOString();

/** A target that a person would watch, down as of now. */
const down = (instance: string): PostedAlert => ({
  labels: { alertname: 'TargetDown', instance },
  startsAt: now(),
});
const up = (alert: PostedAlert): PostedAlert => ({ ...alert, endsAt: now() });

describe('from a real Alertmanager to a real Redmine', () => {
  let stage: Stage;
  let alertmanager: Alertmanager;
  beforeEach(async () => {
    stage = await Stage.set();
    alertmanager = await startAlertmanager({
      webhookUrl: `${stage.app.baseUrl}/webhook`,
      receiver: 'tickets',
    });
  });
  afterEach(async () => {
    await alertmanager.dispose();
    await stage.dispose();
  });

  /** Resolves when Redmine shows this tree, and Alertree has read back all of it. */
  async function treeBecomes(...lines: readonly string[]): Promise<void> {
    await eventually(
      () => stage.redmine.tree(),
      (tree) => tree.join('\n') === lines.join('\n'),
      30,
    );
    await stage.app.quiet();
  }

  const rootOf = async (name: string): Promise<number> => {
    const root = (await stage.redmine.issues()).findLast(
      (issue) => issue.name === name && issue.parentId === null,
    );
    return root?.id ?? 0;
  };

  test('targets that fail, recover and fail again grow a tree, until a person resolves its root', async () => {
    const [a, b, c] = [down('A'), down('B'), down('C')];
    await alertmanager.post(a);
    await treeBecomes('A New');
    await alertmanager.post(b, c);
    await treeBecomes('A New', '  B New', '  C New');

    await alertmanager.post(up(a), up(b), up(c));
    await treeBecomes('A Closed', '  B Closed', '  C Closed');
    const root = await rootOf('A');
    expect(stage.proxy.writes.at(-1)).toBe(`PUT /issues/${root}.json`);

    const again = down('A');
    await alertmanager.post(again);
    await treeBecomes('A New', '  B Closed', '  C Closed', '  A New');

    await stage.person.sets(root, 'Resolved');
    await stage.letLooksAge();
    await alertmanager.post(down('D'));
    await treeBecomes('A Closed', '  B Closed', '  C Closed', '  A Closed', 'D New');
    const next = await stage.redmine.named('D');
    expect(next.description).toContain(`#${root}`);

    await alertmanager.post(up(again));
    await alertmanager.post(down('A'));
    await treeBecomes('A Closed', '  B Closed', '  C Closed', '  A Closed', 'D New', '  A New');
    expect(await stage.redmine.notes(root)).toEqual([
      expect.stringContaining('nothing of this group fires'),
      expect.stringContaining('Reopened: '),
      expect.stringContaining('a person ended this group'),
    ]);
    expect(await stage.furtherRequests()).toEqual([]);
    expect(await alertmanager.failedNotifications()).toBe(0);
  });
});
