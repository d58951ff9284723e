import type { TicketBackend } from '../../../src/application/ports/ticket-backend.js';
import { aDraft, keyOf, seen } from './harness.js';
import { createRedmineHarness, type RedmineHarness } from './redmine-harness.js';

const [IN_PROGRESS, FEEDBACK, CLOSED, REJECTED] = [2, 4, 5, 6];

let harness: RedmineHarness;
let backend: TicketBackend;

beforeEach(async () => {
  harness = await createRedmineHarness();
  backend = harness.backend;
});

afterEach(() => harness.dispose());

/** What the bot's role may change an issue to, by its status. */
function allow(workflow: Readonly<Record<number, readonly number[]>>): void {
  const role = harness.fake.model.roles.find((one) => one.name === 'Alertree');
  for (const [from, to] of Object.entries(workflow)) role?.workflow.set(Number(from), to);
}

async function open(number: number, statusId?: number): Promise<string> {
  const { id } = await backend.open(aDraft(number));
  const issue = harness.fake.model.issues.get(Number(id));
  if (issue !== undefined && statusId !== undefined) issue.statusId = statusId;
  await backend.fetchMany([id]);
  return id;
}

/** Looks at single issues, which a plain close does without. */
const looks = (): number =>
  harness.fake.requests.filter(({ method, path }) => method === 'GET' && /^\/issues\/\d+/.test(path)).length;

describe('a fold', () => {
  test('leaves a copy alone that the workflow lets nobody close, so that it can be folded later', async () => {
    const [original, copy] = [await open(1), await open(1)];
    const before = harness.fake.model.issues.get(Number(copy));
    allow({ 1: [1, IN_PROGRESS] });

    await backend.markDuplicate(copy, original);

    expect(harness.fake.model.issues.get(Number(copy))).toEqual(before);
    expect(harness.fake.requests.filter(({ method }) => method === 'PUT')).toEqual([]);
  });

  test('takes no key line from a copy whose close Redmine ignores', async () => {
    const [original, copy] = [await open(1), await open(1)];
    harness.fake.fault = ({ method }) => (method === 'PUT' ? { kind: 'answer', status: 204 } : null);

    await backend.markDuplicate(copy, original);

    expect((await backend.findByKey(keyOf(1))).map(({ id, status }) => [id, status])).toEqual([
      [original, 'open'],
      [copy, 'open'],
    ]);
  });

  test('that was cut off after the close can be made whole, though not once a person had a hand in it', async () => {
    const [original, copy] = [await open(1), await open(1)];
    let updates = 0;
    harness.fake.fault = ({ method }) =>
      method === 'PUT' && (updates += 1) === 2 ? { kind: 'answer', status: 503 } : null;
    await expect(backend.markDuplicate(copy, original)).rejects.toThrow();
    expect(await seen(backend, copy)).toMatchObject({ status: 'closed', keyLine: { key: keyOf(1) } });

    expect(await backend.isUntouched(copy)).toBe(true);
    await backend.markDuplicate(copy, original);
    expect(await seen(backend, copy)).toMatchObject({ status: 'closed', keyLine: null });
    expect(await backend.isUntouched(copy)).toBe(false);
  });

  test('is not taken for one when a person closed the copy', async () => {
    const copy = await open(1);
    await harness.personSets(copy, 'closed');

    expect(await backend.isUntouched(copy)).toBe(false);
  });
});

describe('the status that closes, where none is configured', () => {
  test('is looked up once for many tickets', async () => {
    for (let number = 1; number <= 10; number += 1)
      await backend.update(await open(number), { status: 'closed' });

    expect(looks()).toBe(1);
  });

  test('is looked up once for tickets that are closed at the same moment', async () => {
    const ids: string[] = [];
    for (let number = 1; number <= 5; number += 1) ids.push(await open(number));

    await Promise.all(ids.map((id) => backend.update(id, { status: 'closed' })));

    expect(ids.map((id) => harness.fake.model.issues.get(Number(id))?.statusId)).toEqual(
      ids.map(() => CLOSED),
    );
    expect(looks()).toBe(1);
  });

  test('is another one for another status to come from, and is learnt for each', async () => {
    allow({ 1: [CLOSED], [IN_PROGRESS]: [REJECTED], [FEEDBACK]: [CLOSED] });
    const ids = [
      await open(1),
      await open(2, IN_PROGRESS),
      await open(3, FEEDBACK),
      await open(4, IN_PROGRESS),
    ];

    for (const id of ids) await backend.update(id, { status: 'closed' });

    const statuses = ids.map((id) => harness.fake.model.issues.get(Number(id))?.statusId);
    expect(statuses).toEqual([CLOSED, REJECTED, CLOSED, REJECTED]);
    expect(looks()).toBe(3);
  });

  test('is another one for another tracker', async () => {
    await backend.update(await open(1), { status: 'closed' });
    const id = await open(2);
    const issue = harness.fake.model.issues.get(Number(id));
    if (issue !== undefined) issue.trackerId = 2;
    await backend.fetchMany([id]);

    await backend.update(id, { status: 'closed' });

    expect(looks()).toBe(2);
    expect((await seen(backend, id)).status).toBe('closed');
  });

  test('is learnt anew once the cause of a refusal was asked for', async () => {
    await backend.update(await open(1), { status: 'closed' });
    const id = await open(2);
    allow({ 1: [REJECTED] });

    await backend.update(id, { status: 'closed' });
    expect((await seen(backend, id)).status).toBe('open');
    expect(await backend.obstaclesTo(id, 'closed')).toEqual([]);
    await backend.update(id, { status: 'closed' });

    expect((await seen(backend, id)).status).toBe('closed');
  });
});
