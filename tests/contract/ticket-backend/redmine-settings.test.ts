import type { TicketBackend } from '../../../src/application/ports/ticket-backend.js';
import { keyLineText } from '../../../src/application/ports/key-line.js';
import { paragraph } from '../../../src/application/ports/ticket-text.js';
import type { FakeIssue } from '../../support/fake-redmine/model.js';
import { aDraft, errorOf, keyOf, seen, stored } from './harness.js';
import { createRedmineHarness, userOf, type RedmineHarness } from './redmine-harness.js';

let harness: RedmineHarness;
let backend: TicketBackend;

beforeEach(async () => {
  harness = await createRedmineHarness();
  backend = harness.backend;
});

afterEach(() => harness.dispose());

const issueOf = (id: string): FakeIssue => {
  const issue = harness.fake.model.issues.get(Number(id));
  if (issue === undefined) throw new Error(`there is no issue ${id}`);
  return issue;
};

const priorityOf = (id: string) => issueOf(id).priorityId;

/** How often it was asked which statuses there are. */
const asked = () => harness.fake.requests.filter(({ path }) => path === '/issue_statuses.json').length;

/** What the probe says, problem and remedy in one. */
async function probed(variables: Readonly<Record<string, string>> = {}): Promise<readonly string[]> {
  const problems = await harness.backendWith(variables).probe();
  return problems.map(({ problem, remedy }) => `${problem} ${remedy}`);
}

describe('settings of Redmine', () => {
  test('say where people see tickets, and how long a create may come late', () => {
    expect(backend.urlOf('7')).toBe(`${harness.fake.url}/issues/7`);
    const forPeople = harness.backendWith({ REDMINE_PUBLIC_URL: 'https://tickets.example/redmine/' });
    expect(forPeople.urlOf('7')).toBe('https://tickets.example/redmine/issues/7');
    expect(harness.backendWith({ REDMINE_LATE_COMMIT_SECONDS: '30' }).lateCommitMs).toBe(30_000);
  });

  test.each([
    {
      REDMINE_PROJECT_ID: '1',
      REDMINE_TRACKER_ID: '2',
      REDMINE_OPEN_STATUS_ID: '2',
      REDMINE_CLOSE_STATUS_ID: '6',
    },
    {
      REDMINE_PROJECT_ID: 'Alerts',
      REDMINE_TRACKER_ID: 'support',
      REDMINE_OPEN_STATUS_ID: 'In Progress',
      REDMINE_CLOSE_STATUS_ID: 'rejected',
    },
  ])('are ids or names: %j', async (variables) => {
    const configured = harness.backendWith(variables);

    const { id } = await configured.open(aDraft(1));
    expect(issueOf(id)).toMatchObject({ trackerId: 2, statusId: 2 });
    await configured.update(id, { status: 'closed' });
    expect(issueOf(id).statusId).toBe(6);
    await configured.update(id, { status: 'open' });
    expect(issueOf(id).statusId).toBe(2);
  });

  test('have defaults: the first tracker, its first status, the first closed one that is allowed', async () => {
    const role = harness.fake.model.roles.find((one) => one.name === 'Alertree');
    role?.workflow.set(1, [6]);
    role?.workflow.set(6, [3, 4]);

    const { id } = await backend.open(aDraft(1));
    expect(issueOf(id)).toMatchObject({ trackerId: 1, statusId: 1 });
    await backend.update(id, { status: 'closed' });
    expect(issueOf(id).statusId).toBe(6);
    await backend.update(id, { status: 'open' });
    expect(issueOf(id).statusId).toBe(4);
  });

  test.each(['Gelöst', '解決', 'Résolu', 'RESOLVED'])('know "%s" for Resolved', async (name) => {
    const status = harness.fake.model.statuses.find((one) => one.id === 3);
    if (status !== undefined) status.name = name;
    const { id } = await backend.open(aDraft(1));

    await harness.personSets(id, 'resolved');

    expect((await seen(backend, id)).status).toBe('resolved');
  });

  test('may name another status for it; one that nobody has set is off', async () => {
    const { id } = await backend.open(aDraft(1));
    await harness.personSets(id, 'resolved');
    const status = harness.fake.model.statuses.find((one) => one.id === 3);
    if (status !== undefined) status.name = 'Erledigt';

    expect((await seen(harness.backendWith({}), id)).status).toBe('open');
    const configured = harness.backendWith({ REDMINE_RESOLVED_STATUS_ID: 'Erledigt' });
    expect((await seen(configured, id)).status).toBe('resolved');
  });

  test('are looked up again after a probe, and not before', async () => {
    await backend.open(aDraft(1));
    expect(asked()).toBe(1);

    await backend.open(aDraft(2));
    expect(asked()).toBe(1);

    await backend.probe();
    await backend.open(aDraft(3));
    expect(asked()).toBe(2);
  });

  test('have a custom field for the key, which a duplicate loses', async () => {
    const configured = harness.backendWith({ REDMINE_KEY_FIELD_ID: 'Alert key' });
    const { id } = await configured.open(aDraft(1));
    const { id: copy } = await configured.open(aDraft(1));
    expect(issueOf(id).customValues.get(8)).toBe(keyOf(1));

    await configured.markDuplicate(copy, id);

    expect(issueOf(copy).customValues.get(8)).toBe('');
    expect((await configured.findByKey(keyOf(1))).map((ticket) => ticket.id)).toEqual([id]);
  });

  test('have the formatter: Textile', async () => {
    const configured = harness.backendWith({ REDMINE_TEXT_FORMATTING: 'textile' });

    const { id } = await configured.open(aDraft(1, { description: [paragraph('*bold* @admin')] }));

    expect((await stored(harness, id)).description).toBe(
      `&#42;bold* &#64;admin\r\n\r\n${keyLineText(aDraft(1))}`,
    );
  });
});

describe('priorities', () => {
  test.each([
    ['normal', {}, 2],
    ['high', {}, 3],
    ['urgent', {}, 4],
    ['normal', { REDMINE_PRIORITY_ID: 'High' }, 3],
    ['high', { REDMINE_PRIORITY_ID: 'High' }, 4],
    ['urgent', { REDMINE_PRIORITY_ID: 'Urgent' }, 5],
  ] as const)('%s with %j', async (priority, variables, expected) => {
    const { id } = await harness.backendWith(variables).open(aDraft(1, { priority }));

    expect(priorityOf(id)).toBe(expected);
  });

  test('pass over those that are not active', async () => {
    const high = harness.fake.model.priorities.find((one) => one.name === 'High');
    if (high !== undefined) high.active = false;

    expect(priorityOf((await backend.open(aDraft(1, { priority: 'high' }))).id)).toBe(4);
  });

  test('are raised, and never lowered', async () => {
    const { id } = await backend.open(aDraft(1));

    await backend.update(id, { priorityFloor: 'urgent', note: [paragraph('It got worse.')] });
    expect(priorityOf(id)).toBe(4);

    await backend.update(id, { priorityFloor: 'high' });
    expect(priorityOf(id)).toBe(4);
    expect((await stored(harness, id)).notes).toEqual(['It got worse.']);
  });
});

describe('the probe', () => {
  test.each([
    [{ REDMINE_API_KEY: 'wrong' }, /401.*REDMINE_API_KEY/],
    [{ REDMINE_PROJECT_ID: 'nothing' }, /REDMINE_PROJECT_ID=nothing names no project.*member/],
    [{ REDMINE_TRACKER_ID: 'Epic' }, /REDMINE_TRACKER_ID=Epic.*1 \(Bug\), 2 \(Support\)/],
    [{ REDMINE_OPEN_STATUS_ID: 'Closed' }, /REDMINE_OPEN_STATUS_ID=Closed is a closed status/],
    [
      { REDMINE_CLOSE_STATUS_ID: '3' },
      /REDMINE_CLOSE_STATUS_ID=3 is an open status.*ALERTREE_AUTO_CLOSE=note/,
    ],
    [{ REDMINE_RESOLVED_STATUS_ID: '5' }, /REDMINE_RESOLVED_STATUS_ID=5 is a closed status/],
    [{ REDMINE_PRIORITY_ID: '99' }, /REDMINE_PRIORITY_ID=99/],
    [{ REDMINE_ASSIGNED_TO_ID: '1' }, /REDMINE_ASSIGNED_TO_ID=1.*5 \(Alertree Bot\)/],
    [{ REDMINE_KEY_FIELD_ID: '9' }, /REDMINE_KEY_FIELD_ID=9.*8 \(Alert key\)/],
  ])('says what is wrong with %j, and what to do', async (variables, words) => {
    expect(await probed(variables)).toEqual([expect.stringMatching(words)]);
  });

  test('says everything at once', async () => {
    const role = harness.fake.model.roles.find((one) => one.name === 'Alertree');
    if (role !== undefined) role.permissions = new Set(['view_issues', 'add_issue_notes']);

    expect(await probed({ REDMINE_TRACKER_ID: 'Epic', REDMINE_CLOSE_STATUS_ID: 'New' })).toEqual([
      expect.stringMatching(/alertree lacks rights.*"Add issues", "Edit issues", "Manage subtasks"/),
      expect.stringContaining('REDMINE_TRACKER_ID'),
      expect.stringContaining('REDMINE_CLOSE_STATUS_ID'),
    ]);
  });

  test('says that the REST API is off, the project closed, without issues, a field disabled', async () => {
    const { model } = harness.fake;
    model.restEnabled = false;
    expect(await probed()).toEqual([expect.stringMatching(/403.*Enable REST web service/)]);
    model.restEnabled = true;
    const [project] = model.projects;
    const [tracker] = model.trackers;
    if (project === undefined || tracker === undefined) throw new Error('there is none');
    project.status = 5;
    tracker.enabledFields = ['description'];
    project.modules = [];

    expect(await probed()).toEqual([
      expect.stringContaining('closed or archived'),
      expect.stringContaining('no issues. Enable the module "Issue tracking"'),
      expect.stringContaining('no tracker'),
    ]);
    project.modules = ['issue_tracking'];
    project.status = 1;
    expect(await probed()).toEqual([expect.stringContaining('parent_issue_id')]);
  });

  test('throws what passes by itself', async () => {
    await harness.cutOff();

    expect(await errorOf(backend.probe())).toMatchObject({ reason: 'unavailable', retryable: true });
  });

  test('is told by an open as well, before anything is made', async () => {
    const closing = harness.backendWith({ REDMINE_CLOSE_STATUS_ID: 'New' });

    expect(await errorOf(closing.open(aDraft(1)))).toMatchObject({ reason: 'forbidden', effect: 'none' });
    expect(await harness.allIds()).toEqual([]);
  });

  test('finds nothing wrong with an administrator who is no member', async () => {
    expect(await probed({ REDMINE_API_KEY: userOf(harness.fake, 'admin').apiKey })).toEqual([]);
  });
});
