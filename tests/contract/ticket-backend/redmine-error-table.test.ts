import type { TicketBackend } from '../../../src/application/ports/ticket-backend.js';
import type { TicketBackendError } from '../../../src/application/ports/ticket-backend-error.js';
import { paragraph } from '../../../src/application/ports/ticket-text.js';
import { RedmineClient } from '../../../src/infrastructure/tickets/redmine/redmine-client.js';
import { HTML_PAGE, redirectTo, STALE, type FakeFault } from '../../support/fake-redmine/fault.js';
import { aDraft, errorOf } from './harness.js';
import { createRedmineHarness, userOf, type RedmineHarness } from './redmine-harness.js';

type Verb = 'GET' | 'PUT' | 'POST';
type Effect = TicketBackendError['effect'];

interface Row {
  readonly fault: FakeFault;
  readonly reason: TicketBackendError['reason'];
  readonly retryable: boolean;
  /** Of a PUT and of a POST; a GET has none. */
  readonly effect: Effect;
  readonly remedy: RegExp;
  readonly retryAfterMs?: number;
}

const VERBS: readonly Verb[] = ['GET', 'PUT', 'POST'];
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
const NOTHING = /^$/;
const URL_REMEDY = /^Check REDMINE_URL/;

function answering(status: number, headers: Readonly<Record<string, string>> = {}, body = ''): FakeFault {
  return { kind: 'answer', status, headers, body };
}

/** Busy, down or cut off: it passes by itself. */
function passing(fault: FakeFault, reason: Row['reason'], effect: Effect, more: Partial<Row> = {}): Row {
  return { fault, reason, retryable: true, effect, remedy: NOTHING, ...more };
}

/** Nothing was done, and nothing will be until somebody acts or the ticket changes. */
function final(fault: FakeFault, reason: Row['reason'], remedy: RegExp): Row {
  return { fault, reason, retryable: false, effect: 'none', remedy };
}

const ROWS: Readonly<Record<string, Row>> = {
  'a connection that ends before an answer, nothing done': passing(
    { kind: 'drop-before' },
    'unavailable',
    'unknown-pending',
    { remedy: URL_REMEDY },
  ),
  'a connection that ends before an answer, all done': passing(
    { kind: 'drop-after' },
    'unavailable',
    'unknown-pending',
    { remedy: URL_REMEDY },
  ),
  '500, nothing done': passing(answering(500), 'server-error', 'unknown-finished'),
  '500, all done': passing({ kind: 'error-after' }, 'server-error', 'unknown-finished'),
  '502': passing(answering(502), 'unavailable', 'unknown-pending'),
  '503': passing(answering(503), 'unavailable', 'unknown-pending'),
  '503 with Retry-After': passing(
    answering(503, { 'retry-after': '120' }),
    'unavailable',
    'unknown-pending',
    { retryAfterMs: 120_000 },
  ),
  '504': passing(answering(504), 'unavailable', 'unknown-pending'),
  '408': passing(answering(408), 'timeout', 'unknown-pending'),
  '429': passing(answering(429), 'rate-limited', 'none'),
  '429 with Retry-After': passing(answering(429, { 'retry-after': '7' }), 'rate-limited', 'none', {
    retryAfterMs: 7_000,
  }),
  '301': final(answering(301, { location: 'http://elsewhere/' }), 'invalid-response', URL_REMEDY),
  '302': final(redirectTo('http://elsewhere/login'), 'invalid-response', URL_REMEDY),
  '307': final(answering(307, { location: 'http://elsewhere/' }), 'invalid-response', URL_REMEDY),
  '400': final(answering(400), 'rejected', NOTHING),
  '401': final(answering(401), 'unauthorized', /^Check REDMINE_API_KEY/),
  '403': final(answering(403), 'forbidden', /^Check that REDMINE_PROJECT_ID/),
  '404': final(answering(404), 'not-found', NOTHING),
  '412': final(answering(412), 'unauthorized', /X-Redmine-Switch-User/),
  '413': final(answering(413), 'rejected', NOTHING),
  '422 with messages': final(
    answering(422, JSON_TYPE, '{"errors":["Subject cannot be blank"]}'),
    'rejected',
    NOTHING,
  ),
  '422 without messages': passing(STALE, 'conflict', 'none'),
  '422 of somebody else': final(answering(422, {}, 'Unprocessable'), 'rejected', NOTHING),
  '200 in HTML': passing(HTML_PAGE, 'invalid-response', 'unknown-pending', { remedy: URL_REMEDY }),
  '200 with broken JSON': passing(
    answering(200, JSON_TYPE, '{"issue":'),
    'invalid-response',
    'unknown-pending',
    { remedy: URL_REMEDY },
  ),
};

let harness: RedmineHarness;
let backend: TicketBackend;
let id: string;

beforeEach(async () => {
  harness = await createRedmineHarness();
  backend = harness.backend;
  id = (await backend.open(aDraft(1))).id;
});

afterEach(() => harness.dispose());

/** Reads, changes or creates an issue. */
function call(verb: Verb): Promise<unknown> {
  switch (verb) {
    case 'GET':
      return backend.notesOf(id);
    case 'PUT':
      return backend.update(id, { note: [paragraph('It is over.')] });
    case 'POST':
      return backend.open(aDraft(2));
  }
}

describe.each(Object.entries(ROWS))('the answer to %s', (_, row) => {
  it.each(VERBS)('%s means what the table of errors says', async (verb) => {
    harness.fake.fault = ({ method, path }) =>
      method === verb && path.startsWith('/issues') ? row.fault : null;
    const { reason, retryable, remedy, retryAfterMs = null } = row;

    const error = await errorOf(call(verb));

    const effect = verb === 'GET' ? 'none' : row.effect;
    expect(error).toMatchObject({ reason, retryable, effect, retryAfterMs });
    expect(error.remedy).toMatch(remedy);
  });
});

describe('no answer', () => {
  it.each(VERBS)('%s: nobody listens, so nothing was done', async (verb) => {
    await harness.cutOff?.();

    expect(await errorOf(call(verb))).toMatchObject({
      reason: 'unavailable',
      retryable: true,
      effect: 'none',
      remedy: expect.stringMatching(URL_REMEDY),
    });
  });

  it.each(VERBS)('%s: the time of the call is over', async (verb) => {
    harness.fake.fault = () => ({ kind: 'late' });
    const address = { url: harness.fake.url, apiKey: userOf(harness.fake, 'alertree').apiKey };
    const asked = new RedmineClient(address, 50).call();
    const sent = {
      GET: () => asked.get('/issues.json'),
      PUT: () => asked.put(`/issues/${id}.json`, { issue: { notes: 'It is over.' } }),
      POST: () => asked.post('/issues.json', { issue: {} }),
    }[verb];

    expect(await errorOf(sent())).toMatchObject({
      reason: 'timeout',
      retryable: true,
      effect: verb === 'GET' ? 'none' : 'unknown-pending',
    });
  });
});

describe('what Redmine asked for is done over all calls', () => {
  it.each([429, 503])(
    'nothing is sent while it is to be left alone, not even by a probe: %d',
    async (status) => {
      harness.fake.fault = () => answering(status, { 'retry-after': '600' });
      await errorOf(call('GET'));
      harness.fake.fault = () => null;
      const before = harness.fake.requests.length;

      for (const asked of [call('GET'), call('PUT'), call('POST'), backend.probe()]) {
        const error = await errorOf(asked);
        expect(error).toMatchObject({ retryable: true, effect: 'none' });
        expect(error.retryAfterMs).toBeGreaterThan(0);
      }

      expect(harness.fake.requests).toHaveLength(before);
    },
  );
});

describe('a key that came to be of another user', () => {
  it.each([
    ['a ticket that is not there', () => backend.fetchMany(['99'])],
    ['a key that is not found', () => backend.findByKey('0'.repeat(32))],
  ])('is noticed before it is believed: %s', async (_, ask) => {
    const bot = userOf(harness.fake, 'alertree');
    const operator = userOf(harness.fake, 'operator');
    [bot.apiKey, operator.apiKey] = [operator.apiKey, bot.apiKey];

    expect(await errorOf(ask())).toMatchObject({
      reason: 'unauthorized',
      retryable: false,
      effect: 'none',
      remedy: expect.stringContaining('it is looked up again'),
    });
  });
});
