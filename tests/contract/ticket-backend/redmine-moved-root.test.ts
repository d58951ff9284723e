import type { TicketBackend } from '../../../src/application/ports/ticket-backend.js';
import { paragraph } from '../../../src/application/ports/ticket-text.js';
import { RedmineTicketBackend } from '../../../src/infrastructure/tickets/redmine/redmine-ticket-backend.js';
import {
  BOT_PERMISSIONS,
  type FakeIssue,
  type FakeProject,
  type FakeRole,
} from '../../support/fake-redmine/model.js';
import { redmineConfigIn } from '../../support/redmine-config-in.js';
import { aDraft, errorOf, keyOf, stored } from './harness.js';
import { createRedmineHarness, userOf, type RedmineHarness } from './redmine-harness.js';

const HOUR = 3_600_000;
const [ALERTS, OTHERS, BUG, SUPPORT] = [1, 2, 1, 2];

let harness: RedmineHarness;
let backend: TicketBackend;
let now: number;

beforeEach(async () => {
  now = 0;
  harness = await createRedmineHarness();
  const config = redmineConfigIn({
    REDMINE_URL: harness.fake.url,
    REDMINE_API_KEY: userOf(harness.fake, 'alertree').apiKey,
    REDMINE_PROJECT_ID: 'alerts',
  });
  backend = new RedmineTicketBackend(config, { now: () => now });
});

afterEach(() => harness.dispose());

/** Another project, with the same people in it, where our user has this role. */
function anotherProject(role: FakeRole | null = null): void {
  const { projects, roles } = harness.fake.model;
  const [project] = projects;
  if (project === undefined) throw new Error('the fake Redmine has no project');
  const members = new Map(project.members);
  if (role !== null) members.set(userOf(harness.fake, 'alertree').id, [role.id]);
  if (role !== null) roles.push(role);
  const other: FakeProject = { ...project, id: OTHERS, identifier: 'others', name: 'Others', members };
  projects.push(other);
}

/** A role that may do all but manage subtasks. */
function withoutSubtasks(): FakeRole {
  const permissions = new Set(BOT_PERMISSIONS.filter((permission) => permission !== 'manage_subtasks'));
  return { id: 7, name: 'No subtasks', permissions, workflow: new Map() };
}

function issueOf(id: string): FakeIssue {
  const issue = harness.fake.model.issues.get(Number(id));
  if (issue === undefined) throw new Error(`there is no issue ${id}`);
  return issue;
}

/** Opens a root that a person then moves. */
async function movedRoot(number: number, trackerId = BUG): Promise<string> {
  const { id } = await backend.open(aDraft(number));
  Object.assign(issueOf(id), { projectId: OTHERS, trackerId });
  return id;
}

const childOf = (parentId: string, number: number) => backend.open(aDraft(number, { parentId }));

describe('a root in another project than the configured one', () => {
  test('keeps its tickets there: a child goes beside it, with its tracker', async () => {
    const root = await harness.backendWith({ REDMINE_TRACKER_ID: '2' }).open(aDraft(1));
    anotherProject();
    const moved = harness.backendWith({ REDMINE_PROJECT_ID: 'others', REDMINE_ASSIGNED_TO_ID: '6' });

    const child = await moved.open(aDraft(2, { parentId: root.id }));

    expect(child.parentId).toBe(root.id);
    expect(issueOf(child.id)).toMatchObject({ projectId: ALERTS, trackerId: SUPPORT });
    expect(issueOf((await moved.open(aDraft(3))).id)).toMatchObject({
      projectId: OTHERS,
      trackerId: BUG,
    });
    await moved.update(root.id, { note: [paragraph('Still here.')] });
    expect((await stored(harness, root.id)).notes).toEqual(['Still here.']);
  });
});

describe('a root that people moved to another project', () => {
  test('has a child whose create went unanswered found by its key, and by who looks everywhere', async () => {
    anotherProject();
    const root = await movedRoot(1);
    let creates = 0;
    harness.fake.fault = ({ method }) =>
      method === 'POST' && (creates += 1) === 2 ? { kind: 'error-after' } : null;

    const error = await errorOf(childOf(root, 2));

    expect(error.effect).toBe('unknown-finished');
    const found = await backend.findByKey(keyOf(2));
    expect(found).toMatchObject([{ parentId: root, status: 'open' }]);
    const { tickets } = await backend.findOurs(null, 'everywhere');
    expect(tickets.map(({ id }) => id)).toEqual([root, found[0]?.id]);
  });

  test('is not shown to who looks at home, where tickets of another project are another Alertree’s', async () => {
    anotherProject();
    await movedRoot(1);
    const { id } = await backend.open(aDraft(2));

    const page = await backend.findOurs(null, 'home');

    expect(page).toMatchObject({ tickets: [{ id }], next: null });
  });
});

describe('a root that was moved to where our user may not manage subtasks', () => {
  test('stops nothing but what goes beside it: roots, and children of other roots, are made', async () => {
    anotherProject(withoutSubtasks());
    const moved = await movedRoot(1);

    const error = await errorOf(childOf(moved, 2));

    expect(error).toMatchObject({ reason: 'forbidden', retryable: false, effect: 'none' });
    expect(error.message).toContain('another parent');
    expect(error.remedy).toMatch(/project "Others".*manage subtasks.*tracker "Bug".*move the root back/);
    expect(await backend.probe()).toEqual([]);
    const { id } = await backend.open(aDraft(3));
    expect((await childOf(id, 4)).parentId).toBe(id);
  });

  test('gets one issue that is closed at once, a day: its other children and roots there make no more', async () => {
    const role = withoutSubtasks();
    anotherProject(role);
    const [one, other] = [await movedRoot(1), await movedRoot(2)];

    for (const parentId of [one, one, other]) {
      expect(await errorOf(childOf(parentId, 3))).toMatchObject({ reason: 'forbidden', effect: 'none' });
      expect(await errorOf(childOf(parentId, 4))).toMatchObject({ reason: 'forbidden', effect: 'none' });
    }

    expect(await harness.allIds()).toHaveLength(3);
    role.permissions.add('manage_subtasks');
    now += 25 * HOUR;
    expect((await childOf(one, 3)).parentId).toBe(one);
    expect((await childOf(other, 4)).parentId).toBe(other);
  });

  test('gets no second one either when children of many roots there are wanted at the same time', async () => {
    anotherProject(withoutSubtasks());
    const roots = [await movedRoot(1), await movedRoot(2), await movedRoot(3)];

    await Promise.all(roots.map((root, index) => errorOf(childOf(root, 4 + index))));

    expect(await harness.allIds()).toHaveLength(roots.length + 1);
  });

  test('says nothing of another tracker there, nor of the root once it is back', async () => {
    const role = withoutSubtasks();
    anotherProject(role);
    const [bug, support] = [await movedRoot(1), await movedRoot(2, SUPPORT)];
    await errorOf(childOf(bug, 3));
    role.permissions.add('manage_subtasks');

    expect((await childOf(support, 4)).parentId).toBe(support);
    expect(await errorOf(childOf(bug, 3))).toMatchObject({ reason: 'forbidden' });
    issueOf(bug).projectId = ALERTS;
    expect((await childOf(bug, 3)).parentId).toBe(bug);
  });
});
