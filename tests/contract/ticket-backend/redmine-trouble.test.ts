import type { BackendProblem, TicketBackend } from '../../../src/application/ports/ticket-backend.js';
import { RedmineTicketBackend } from '../../../src/infrastructure/tickets/redmine/redmine-ticket-backend.js';
import { NOT_THERE } from '../../support/fake-redmine/fault.js';
import type { FakeProject, FakeRole } from '../../support/fake-redmine/model.js';
import { redmineConfigIn } from '../../support/redmine-config-in.js';
import { aDraft, errorOf, keyOf, seen } from './harness.js';
import { createRedmineHarness, userOf, type RedmineHarness } from './redmine-harness.js';

const HOUR = 3_600_000;

let harness: RedmineHarness;
let backend: TicketBackend;

beforeEach(async () => {
  harness = await createRedmineHarness();
  backend = harness.backend;
});

afterEach(() => harness.dispose());

const botRole = (): FakeRole => found(harness.fake.model.roles.find((one) => one.name === 'Alertree'));
const project = (): FakeProject => found(harness.fake.model.projects[0]);

function found<T>(one: T | undefined): T {
  if (one === undefined) throw new Error('the fake Redmine has none');
  return one;
}

/** How many requests of a kind arrived. */
const requests = (method: string, path: RegExp): number =>
  harness.fake.requests.filter((one) => one.method === method && path.test(one.path)).length;

/** Reached without the path of Redmine. */
const outside = (): TicketBackend =>
  harness.backendWith({ REDMINE_URL: harness.fake.url.replace('/redmine', '') });

const weights = (problems: readonly BackendProblem[]) => problems.map(({ stops }) => stops);

/** A backend whose clock the test moves. */
function backendWithClock(clock: { now: () => number }): TicketBackend {
  const config = redmineConfigIn({
    REDMINE_URL: harness.fake.url,
    REDMINE_API_KEY: userOf(harness.fake, 'alertree').apiKey,
    REDMINE_PROJECT_ID: 'alerts',
  });
  return new RedmineTicketBackend(config, clock);
}

describe('one project under other names', () => {
  test.each(['alerts', '1', 'Alerts', 'ALERTS'])('is the same instance: %s', (written) => {
    expect(harness.backendWith({ REDMINE_PROJECT_ID: written }).instance).toBe(`redmine ${harness.fake.url}`);
  });

  test('is another instance than the like of another Redmine', () => {
    const other = harness.backendWith({ REDMINE_URL: `${harness.fake.url}2` });

    expect(other.instance).not.toBe(backend.instance);
  });
});

describe('a REDMINE_URL without its path', () => {
  test('is said once by the probe, with what to check', async () => {
    expect(await outside().probe()).toEqual([
      {
        problem: expect.stringContaining('no Redmine at REDMINE_URL'),
        remedy: expect.stringMatching(/Check REDMINE_URL.*path included/),
        stops: true,
      },
    ]);
  });

  test('is never "the ticket is missing", not even where the path was lost meanwhile', async () => {
    const { id } = await backend.open(aDraft(1));
    harness.fake.fault = () => NOT_THERE;

    for (const call of [
      () => backend.fetchMany([id]),
      () => backend.update(id, { status: 'closed' }),
      () => backend.notesOf(id),
      () => backend.findByKey(keyOf(1)),
      () => backend.findOurs(null, 'everywhere'),
      () => outside().fetchMany([id]),
    ]) {
      expect(await errorOf(call())).toMatchObject({
        reason: 'invalid-response',
        retryable: false,
        effect: 'none',
      });
    }
  });

  test('is not a project that is gone, which is said as such', async () => {
    const { id } = await backend.open(aDraft(1));
    harness.fake.model.issues.clear();
    harness.fake.model.projects.splice(0);

    for (const call of [() => backend.findOurs(null, 'home'), () => backend.fetchMany([id])]) {
      const error = await errorOf(call());
      expect(error).toMatchObject({ reason: 'forbidden', retryable: false });
      expect(error.message).toContain('REDMINE_PROJECT_ID=alerts names no project');
    }
  });
});

describe('what Redmine refuses because rights or the project were lost', () => {
  test.each([
    ['Add issues', /lacks rights.*"Add issues"/, () => botRole().permissions.delete('add_issues')],
    ['the project', /closed or archived/, () => (project().status = 5)],
    ['the membership', /lacks rights|names no project/, () => project().members.delete(5)],
  ])('names what was lost and what to do: %s', async (_, words, lose) => {
    await backend.open(aDraft(1));
    lose();

    const error = await errorOf(backend.open(aDraft(2)));

    expect(error).toMatchObject({ reason: 'forbidden', retryable: false, effect: 'none' });
    expect(error.message).toMatch(words);
    expect(error.remedy).not.toBe('');
  });

  test('what is refused for its data stays a matter of its data', async () => {
    await backend.open(aDraft(1));

    expect(await errorOf(backend.open(aDraft(2, { subject: ' ' })))).toMatchObject({ reason: 'rejected' });
  });
});

describe('what only a create can show', () => {
  test('a tracker of which the role may add no issues is tried once a day, and the probe says so', async () => {
    let now = 0;
    const patient = backendWithClock({ now: () => now });
    botRole().addTrackerIds = [2];

    expect((await errorOf(patient.open(aDraft(1)))).message).toContain('another tracker, "Support"');
    expect(await errorOf(patient.open(aDraft(2)))).toMatchObject({ reason: 'forbidden', effect: 'none' });
    expect(await harness.allIds()).toHaveLength(1);
    expect(await patient.probe()).toEqual([
      expect.objectContaining({ stops: true, remedy: expect.stringContaining('tries again once a day') }),
    ]);

    botRole().addTrackerIds = [1, 2];
    now += 25 * HOUR;
    expect(await patient.probe()).toEqual([]);
    await patient.open(aDraft(2));
    expect(await harness.allIds()).toHaveLength(2);
  });

  test('a text that lost its key line stands in the way of its own ticket only', async () => {
    harness.fake.fault = (request) =>
      request.method === 'POST' && request.body.includes(keyOf(1))
        ? { kind: 'change', change: (body) => body.replace('alertree ', '') }
        : null;

    expect((await errorOf(backend.open(aDraft(1)))).message).toContain('no key line');
    expect((await errorOf(backend.open(aDraft(1)))).message).toContain('no key line');
    await backend.open(aDraft(2));

    expect(requests('POST', /issues/)).toBe(2);
    expect(await backend.probe()).toEqual([]);
  });

  test('a person whom Redmine does not let issues be given to is asked for once, and told of', async () => {
    const assigning = harness.backendWith({ REDMINE_ASSIGNED_TO_ID: 'Olive Operator' });
    found(harness.fake.model.roles.find((one) => one.name === 'Manager')).assignable = false;

    await assigning.open(aDraft(1));
    await assigning.open(aDraft(2));

    expect(requests('POST', /issues/)).toBe(3);
    expect(await assigning.probe()).toEqual([
      expect.objectContaining({ stops: false, problem: expect.stringContaining('Olive Operator') }),
    ]);
  });

  test('a custom field that does not take the key is told of, until it does', async () => {
    const [field] = harness.fake.model.fields;
    const keyed = harness.backendWith({ REDMINE_KEY_FIELD_ID: 'Alert key' });
    found(field).trackerIds = [2];

    await keyed.open(aDraft(1));
    expect(await keyed.probe()).toEqual([
      expect.objectContaining({
        stops: false,
        remedy: expect.stringMatching(/tracker Bug.*REDMINE_KEY_FIELD_ID/),
      }),
    ]);

    found(field).trackerIds = [1, 2];
    await keyed.open(aDraft(2));
    expect(await keyed.probe()).toEqual([]);
  });
});

describe('problems that stop nothing', () => {
  test.each([
    ['a person who is no member', { REDMINE_ASSIGNED_TO_ID: '1' }],
    ['a custom field that is not there', { REDMINE_KEY_FIELD_ID: '9' }],
    [
      'a status that does not close, where closing is left to people',
      { REDMINE_CLOSE_STATUS_ID: '3', ALERTREE_AUTO_CLOSE: 'note' },
    ],
  ])('%s: tickets are made and closed without it', async (_, variables) => {
    const configured = harness.backendWith(variables);

    expect(weights(await configured.probe())).toEqual([false]);
    const { id } = await configured.open(aDraft(1));
    await configured.update(id, { status: 'closed' });
    expect((await seen(configured, id)).status).toBe('closed');
  });

  test('no status named Resolved, nor one that closes where none needs to be', async () => {
    const [open] = harness.fake.model.statuses;
    harness.fake.model.statuses.splice(0, 9, found(open));

    expect(weights(await backend.probe())).toEqual([false, true]);
    expect(weights(await harness.backendWith({ ALERTREE_AUTO_CLOSE: 'note' }).probe())).toEqual([
      false,
      false,
    ]);
  });
});
