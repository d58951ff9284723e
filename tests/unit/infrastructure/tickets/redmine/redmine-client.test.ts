import { inspect } from 'node:util';
import { TicketBackendError } from '../../../../../src/application/ports/ticket-backend-error.js';
import { RedmineClient } from '../../../../../src/infrastructure/tickets/redmine/redmine-client.js';
import { FakeRedmine } from '../../../../support/fake-redmine/fake-redmine.js';
import { HTML_PAGE, redirectTo, STALE, type FakeFault } from '../../../../support/fake-redmine/fault.js';

const KEY = 'b'.repeat(40);
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
const ISSUE = { issue: { project_id: 1, subject: 'DiskFull' } };

let fake: FakeRedmine;
let other: FakeRedmine;

beforeEach(async () => {
  fake = await FakeRedmine.start();
  other = await FakeRedmine.start();
});

afterEach(async () => {
  await fake.stop();
  await other.stop();
});

const client = (deadlineMs?: number) => new RedmineClient({ url: fake.url, apiKey: KEY }, deadlineMs);
const shortCall = () => client(100).call();
const get = () => client().call().get('/issues.json');
const post = () => client().call().post('/issues.json', ISSUE);

async function errorOf(work: Promise<unknown>): Promise<TicketBackendError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof TicketBackendError) return error;
    throw new Error('threw something that is no TicketBackendError', { cause: error });
  }
  throw new Error('threw nothing');
}

const answering = (status: number, body: string, headers: Readonly<Record<string, string>>): FakeFault => {
  return { kind: 'answer', status, body, headers };
};

describe('the client of Redmine', () => {
  test('sends its key in a header and nowhere else, and says who it is', async () => {
    await post();

    const [request] = fake.requests;
    expect(request?.headers).toMatchObject({ 'x-redmine-api-key': KEY, 'user-agent': 'Alertree' });
    expect(`${String(request?.query)}${request?.body}`).not.toContain(KEY);
  });

  test('keeps the path of the address', async () => {
    expect(await get()).toMatchObject({ issues: [], total_count: 0 });
    expect(fake.url).toMatch(/\/redmine$/);
  });

  test.each([
    ['a page in HTML', HTML_PAGE],
    ['broken JSON', answering(200, '{"issues":[', JSON_TYPE)],
    ['JSON that is not called so', answering(200, '{}', { 'content-type': 'text/plain' })],
    ['an answer without end', answering(200, `"${'x'.repeat(33 * 1024 * 1024)}"`, JSON_TYPE)],
  ])('takes %s for no answer of Redmine', async (_, fault) => {
    fake.fault = () => fault;

    expect(await errorOf(get())).toMatchObject({
      reason: 'invalid-response',
      retryable: true,
      effect: 'none',
    });
    expect(await errorOf(post())).toMatchObject({ reason: 'invalid-response', effect: 'unknown-pending' });
  });

  test('takes an update that is answered by anything but 204 for no answer of Redmine', async () => {
    fake.fault = () => HTML_PAGE;

    const error = await errorOf(client().call().put('/issues/1.json', ISSUE));

    expect(error).toMatchObject({ reason: 'invalid-response', effect: 'unknown-pending' });
  });

  test('follows no redirect, so the key goes nowhere else', async () => {
    fake.fault = () => redirectTo(`${other.url}/issues.json`);

    expect(await errorOf(get())).toMatchObject({ reason: 'invalid-response', retryable: false });
    expect(await errorOf(post())).toMatchObject({ reason: 'invalid-response', effect: 'none' });
    expect(other.requests).toEqual([]);
  });

  test('gives up when the time of the call is over, and sends nothing after it', async () => {
    fake.fault = () => ({ kind: 'late' });
    const call = client(50).call();

    expect(await errorOf(call.post('/issues.json', ISSUE))).toMatchObject({
      reason: 'timeout',
      retryable: true,
      effect: 'unknown-pending',
    });
    expect(await errorOf(call.post('/issues.json', ISSUE))).toMatchObject({ effect: 'none' });
    expect(fake.requests).toHaveLength(1);
  });

  test.each(['drop-before', 'drop-after'] as const)('cannot know what a write did: %s', async (kind) => {
    fake.fault = () => ({ kind });

    expect(await errorOf(post())).toMatchObject({ reason: 'unavailable', effect: 'unknown-pending' });
    expect(fake.model.issues.size).toBe(kind === 'drop-after' ? 1 : 0);
  });

  test('knows of a 500 that Redmine is done with it', async () => {
    fake.fault = () => ({ kind: 'error-after' });

    expect(await errorOf(post())).toMatchObject({ reason: 'server-error', effect: 'unknown-finished' });
  });

  test('knows a stale save by its empty list', async () => {
    fake.fault = () => STALE;

    expect(await errorOf(post())).toMatchObject({ reason: 'conflict', retryable: true, effect: 'none' });
  });
});

describe('no error', () => {
  const faults: readonly FakeFault[] = [
    ...[302, 400, 401, 403, 404, 408, 412, 422, 429, 500, 503].map((status) => answering(status, '', {})),
    answering(422, JSON.stringify({ errors: [`Subject is ${KEY}`] }), JSON_TYPE),
    HTML_PAGE,
    answering(200, '{', JSON_TYPE),
    { kind: 'drop-before' },
    { kind: 'late' },
  ];

  test.each(faults.map((fault) => [inspect(fault, { breakLength: Infinity }), fault] as const))(
    'holds the key, however deep one looks: %s',
    async (_, fault) => {
      fake.fault = () => fault;

      for (const work of [
        () => shortCall().get('/issues.json'),
        () => shortCall().post('/issues.json', ISSUE),
      ]) {
        const error = await errorOf(work());
        expect(inspect(error, { depth: Infinity, showHidden: true })).not.toContain(KEY);
        expect(`${error.message} ${error.remedy} ${error.stack}`).not.toContain(KEY);
      }
    },
  );

  test('holds it when nothing listens either', async () => {
    await fake.stop();

    const error = await errorOf(get());

    expect(error).toMatchObject({ reason: 'unavailable', effect: 'none' });
    expect(inspect(error, { depth: Infinity, showHidden: true })).not.toContain(KEY);
  });
});
