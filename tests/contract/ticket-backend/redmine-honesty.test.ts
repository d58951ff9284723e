import type { TicketBackend } from '../../../src/application/ports/ticket-backend.js';
import { keyLineText } from '../../../src/application/ports/key-line.js';
import { paragraph } from '../../../src/application/ports/ticket-text.js';
import type { FakeRole } from '../../support/fake-redmine/model.js';
import { HTML_PAGE, type DecideFault } from '../../support/fake-redmine/fault.js';
import { aDraft, errorOf, keyOf, seen, stored } from './harness.js';
import { createRedmineHarness, userOf, type RedmineHarness } from './redmine-harness.js';

let harness: RedmineHarness;
let backend: TicketBackend;

beforeEach(async () => {
  harness = await createRedmineHarness();
  backend = harness.backend;
});

afterEach(() => harness.dispose());

const role = (name: string): FakeRole => {
  const found = harness.fake.model.roles.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no role ${name}`);
  return found;
};

/** From now on the key is that of nobody. */
const revokeKey = (): void => {
  userOf(harness.fake, 'alertree').apiKey = 'revoked';
};

const ofAnotherTracker = (body: string) => body.replace('"tracker":{"id":1', '"tracker":{"id":2');

const onCreate =
  (fault: ReturnType<DecideFault>): DecideFault =>
  (request) =>
    request.method === 'POST' ? fault : null;

describe('a key that was revoked', () => {
  test.each([
    ['fetchMany', (id: string) => backend.fetchMany([id])],
    ['findByKey', () => backend.findByKey(keyOf(1))],
    ['update', (id: string) => backend.update(id, { note: [paragraph('It is over.')] })],
    ['notesOf', (id: string) => backend.notesOf(id)],
    ['open', () => backend.open(aDraft(2))],
    ['findOurs', () => backend.findOurs(null, 'everywhere')],
    ['changedSince', () => backend.changedSince(null)],
  ])('is an error of %s, never "there is none"', async (_, call) => {
    const { id } = await backend.open(aDraft(1));
    revokeKey();

    expect(await errorOf(call(id))).toMatchObject({
      reason: 'unauthorized',
      retryable: false,
      effect: 'none',
    });
  });

  test('is found out where anonymous may see the project, too', async () => {
    const { id } = await backend.open(aDraft(1));
    const [project] = harness.fake.model.projects;
    if (project !== undefined) project.isPublic = true;
    role('Anonymous').permissions = new Set(['view_issues']);
    revokeKey();
    await harness.personDeletes(id);

    expect((await errorOf(backend.fetchMany([id]))).reason).toBe('unauthorized');
    expect((await errorOf(backend.findByKey(keyOf(1)))).reason).toBe('unauthorized');
  });
});

describe('a create that comes out otherwise than asked for', () => {
  test.each([
    ['another tracker', ofAnotherTracker],
    ['another parent', (body: string) => body.replace('"status"', '"parent":{"id":99},"status"')],
    ['no key line', (body: string) => body.replace('alertree ', '')],
    ['another author', (body: string) => body.replace('"author":{"id":5', '"author":{"id":4')],
  ])('with %s, is closed, loses its key line and is an error', async (what, change) => {
    harness.fake.fault = onCreate({ kind: 'change', change });

    const error = await errorOf(backend.open(aDraft(1)));

    expect(error).toMatchObject({ reason: 'forbidden', effect: 'none', retryable: false });
    expect(error.message).toContain(what);
    const [id = ''] = await harness.allIds();
    expect((await stored(harness, id)).status).toBe('closed');
    expect(await backend.findByKey(keyOf(1))).toEqual([]);
  });

  test('is said to be there where it could not be closed', async () => {
    harness.fake.fault = (request) => {
      if (request.method === 'POST') return { kind: 'change', change: ofAnotherTracker };
      return request.method === 'PUT' ? { kind: 'answer', status: 403 } : null;
    };

    expect(await errorOf(backend.open(aDraft(1)))).toMatchObject({ effect: 'unknown-finished' });
    expect(await backend.findByKey(keyOf(1))).toHaveLength(1);
  });

  test('does not happen where the parent would be dropped: nothing is made', async () => {
    const { id } = await backend.open(aDraft(1));
    role('Alertree').permissions.delete('manage_subtasks');
    await backend.probe();

    const error = await errorOf(backend.open(aDraft(2, { parentId: id })));

    expect(error).toMatchObject({ reason: 'forbidden', effect: 'none' });
    expect(error.message).toContain('Manage subtasks');
    expect(await harness.allIds()).toEqual([id]);
  });
});

describe('a create without an answer', () => {
  test.each([
    ['error-after', 'server-error', 'unknown-finished'],
    ['drop-after', 'unavailable', 'unknown-pending'],
  ] as const)('%s: is found by its key', async (kind, reason, effect) => {
    harness.fake.fault = onCreate({ kind });

    expect(await errorOf(backend.open(aDraft(1)))).toMatchObject({ reason, effect, retryable: true });
    expect(await backend.findByKey(keyOf(1))).toHaveLength(1);
  });

  test('that is a page of a proxy may have been done', async () => {
    harness.fake.fault = onCreate(HTML_PAGE);

    expect(await errorOf(backend.open(aDraft(1)))).toMatchObject({
      reason: 'invalid-response',
      effect: 'unknown-pending',
    });
  });
});

describe('a status that people chose', () => {
  test.each([
    ['closed', 6],
    ['open', 2],
  ] as const)('stays, when it is asked to be %s and is', async (status, statusId) => {
    const { id } = await backend.open(aDraft(1));
    const issue = harness.fake.model.issues.get(Number(id));
    if (issue !== undefined) issue.statusId = statusId;

    await backend.update(id, { status, note: [paragraph('It is over.')] });

    expect(harness.fake.model.issues.get(Number(id))?.statusId).toBe(statusId);
  });
});

describe('what Redmine ignores in silence', () => {
  test('a search filter: every hit is verified', async () => {
    const { id } = await backend.open(aDraft(1));
    await backend.open(aDraft(2));
    harness.fake.fault = (request) => {
      request.query.delete('description');
      return null;
    };

    expect((await backend.findByKey(keyOf(1))).map((ticket) => ticket.id)).toEqual([id]);
  });

  test('that there is more than a page of one key: all copies are found', async () => {
    const description = keyLineText(aDraft(1));
    for (let copies = 0; copies < 120; copies += 1)
      await harness.personOpens({ description, parentId: null });

    expect(await backend.findByKey(keyOf(1))).toHaveLength(120);
  });

  test('a status that the workflow forbids: it shows in fetchMany, and obstaclesTo says why', async () => {
    const { id } = await backend.open(aDraft(1));
    role('Alertree').workflow.set(1, [2]);

    await backend.update(id, { status: 'closed', note: [paragraph('It is over.')] });

    expect((await seen(backend, id)).status).toBe('open');
    expect((await stored(harness, id)).notes).toEqual(['It is over.']);
    expect(await backend.obstaclesTo(id, 'closed')).toEqual([
      expect.stringMatching(
        /workflow of the tracker "Bug" does not let alertree .* from "New" to any closed/,
      ),
    ]);
  });

  test('a close while another issue blocks it', async () => {
    const { id } = await backend.open(aDraft(1));
    const blocker = await harness.personOpens({ description: 'First this.', parentId: null });
    harness.fake.model.relations.push({ type: 'blocks', from: Number(blocker), to: Number(id) });

    await backend.update(id, { status: 'closed' });

    expect((await seen(backend, id)).status).toBe('open');
    expect((await backend.obstaclesTo(id, 'closed')).join()).toContain(`#${blocker}`);
  });

  test('a person who was locked is left out, and the ticket is made', async () => {
    const assigning = harness.backendWith({ REDMINE_ASSIGNED_TO_ID: 'Olive Operator' });
    await assigning.open(aDraft(1));
    userOf(harness.fake, 'operator').locked = true;

    await assigning.open(aDraft(2));

    // Who is looked up anew is not even asked for.
    await assigning.probe();
    await assigning.open(aDraft(3));

    const assignees = [...harness.fake.model.issues.values()].map((issue) => issue.assignedToId);
    expect(assignees).toEqual([6, null, null]);
  });
});
