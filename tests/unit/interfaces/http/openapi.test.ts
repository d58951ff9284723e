import request, { type Response, type Test } from 'supertest';
import { StoreUnavailableError } from '../../../../src/application/ports/store.js';
import type { HttpAppParts } from '../../../../src/interfaces/http/http-app.js';
import { ApiDescription } from '../../../support/api-description/api-description.js';
import { routesOf } from '../../../support/api-description/routes-of.js';
import { aGroup, aHead, aNote, anEpisode, aRefusal, aTicket, labelsOf } from './a-group.js';
import { aHttpApp, seenFrom } from './http-fakes.js';
import { ALERTMANAGER_BODY, bodyWithLabels, SEED_FIRING, SEED_RESOLVED } from './webhook-bodies.js';

const TOKEN = 'token-of-yesterday';
const NOTIFICATIONS = ['/webhook', '/webhook/{source}', '/alert', '/alert/{source}'];
const LISTS = ['/api/v1/ticket-groups', '/api/v1/dead-letters', '/'];
const READS = [...LISTS, '/api/v1/ticket-groups/{id}'];
const BODY = JSON.stringify({ ...ALERTMANAGER_BODY, alerts: [...ALERTMANAGER_BODY.alerts, 'bad'] });

type Parts = Partial<HttpAppParts>;
type Ask = (agent: ReturnType<typeof request>, path: string) => Test;

interface Case {
  readonly operations: readonly string[];
  readonly status: number;
  readonly ask: Ask;
  readonly parts?: Parts;
  /** Where the request comes from, when not from the machine itself. */
  readonly from?: string;
}

const read: Ask = (agent, path) => agent.get(path);
const send =
  (body: string): Ask =>
  (agent, path) =>
    agent.post(path).send(body);
const get = (paths: readonly string[]) => paths.map((path) => `GET ${path}`);
const post = (paths: readonly string[]) => paths.map((path) => `POST ${path}`);

const outOfOrder = (): Promise<never> => Promise.reject(new StoreUnavailableError('disk full'));
const broken = (): Promise<never> => Promise.reject(new TypeError('x is not a function'));
const NO_STORE: Parts = {
  queries: { list: outOfOrder, find: outOfOrder, ticketsOf: outOfOrder },
  deadLetters: { list: outOfOrder },
};

const CASES: readonly Case[] = [
  { operations: post(NOTIFICATIONS), status: 200, ask: send(BODY) },
  { operations: post(NOTIFICATIONS), status: 200, ask: (agent, path) => send(BODY)(agent, `${path}?wait=1`) },
  { operations: post(NOTIFICATIONS), status: 400, ask: send('hello') },
  { operations: post(NOTIFICATIONS), status: 401, ask: send(BODY), parts: { webhookTokens: [TOKEN] } },
  {
    operations: post(NOTIFICATIONS),
    status: 403,
    ask: (agent, path) => send(BODY)(agent, path).set('Sec-Fetch-Site', 'cross-site'),
  },
  { operations: post(NOTIFICATIONS), status: 413, ask: send(' '.repeat(32 * 1024 * 1024 + 1)) },
  {
    operations: post(NOTIFICATIONS),
    status: 415,
    ask: (agent, path) => send(BODY)(agent, path).set('Content-Encoding', 'lzma'),
  },
  {
    operations: post(NOTIFICATIONS),
    status: 500,
    ask: send(BODY),
    parts: { acceptNotification: { execute: broken } },
  },
  { operations: post(NOTIFICATIONS), status: 503, ask: send(BODY), parts: { isStopping: () => true } },
  { operations: get(READS), status: 200, ask: read },
  { operations: get(LISTS), status: 400, ask: (agent, path) => agent.get(`${path}?page=0`) },
  { operations: get(READS), status: 401, ask: read, parts: { webhookTokens: [TOKEN] } },
  { operations: get(READS), status: 403, ask: read, from: '10.0.0.7' },
  { operations: get(READS), status: 503, ask: read, parts: NO_STORE },
  {
    operations: get(['/api/v1/ticket-groups/{id}']),
    status: 404,
    ask: (agent) => agent.get('/api/v1/ticket-groups/none'),
  },
  {
    operations: get(['/assets/alertree.css', '/assets/alertree.js', '/metrics', '/-/healthy', '/-/ready']),
    status: 200,
    ask: read,
  },
  { operations: get(['/']), status: 304, ask: (agent, path) => agent.get(path).set('If-None-Match', '*') },
  {
    operations: get(['/-/ready']),
    status: 503,
    ask: read,
    parts: { readiness: { reason: () => 'starting' } },
  },
];

/** A group in which everything that can be there is there once. */
const FULL = aGroup({
  head: aHead({ previousGroupId: 'group0', endedBy: 'person', accepting: false }),
  tickets: [
    aTicket({ refused: aRefusal(['a child is open']) }),
    aTicket({ key: 'ticket2', ordinal: 2, episodeId: null, parked: { reason: 'forbidden', remedy: 'ask' } }),
    aTicket({ key: 'ticket3', ordinal: 3, reference: null, seen: 'absent', seenAt: null }),
  ],
  episodes: [anEpisode(), anEpisode({ id: 'episode2', state: 'ended', folded: true, labels: labelsOf('B') })],
  notes: [aNote(), aNote({ id: 'note2', state: 'wanted', text: null })],
  events: [{ groupId: 'group1', at: 1, kind: 'group-opened', ticketKey: null, reason: null }],
});
const LETTER = { id: 'letter1', source: 'tokyo', receivedAt: 1, problem: 'status must be', body: '{}' };

async function answerTo(given: Case, operation: string): Promise<Response> {
  const { app, queries, deadLetters } = aHttpApp({
    notices: () => [{ kind: 'parked', said: 'Ask somebody.' }],
    ...given.parts,
  });
  queries.groups = [FULL];
  deadLetters.letters = [LETTER];
  const path = operation.replace(/^\w+ /, '').replace('{source}', 'tokyo').replace('{id}', 'group1');
  return given.ask(request(given.from === undefined ? app : seenFrom(given.from, app)), path);
}

describe('the description of the API', () => {
  const description = new ApiDescription();
  const produced = new Set<string>();
  const cases = CASES.flatMap((given) => given.operations.map((operation) => ({ ...given, operation })));

  test('has every route of the app, and no other', () => {
    expect(routesOf(aHttpApp().app).toSorted()).toEqual(description.operations().toSorted());
  });

  test.each(cases)('is what $operation answers with $status', async ({ operation, ...given }) => {
    const response = await answerTo(given, operation);

    const name = `${operation} ${response.status}`;
    produced.add(name);
    const isJson = response.type === 'application/json';
    const body: unknown = isJson ? response.body : response.text;
    const answer = { name, contentType: response.type, headers: response.headers, body };
    expect(name).toBe(`${operation} ${given.status}`);
    expect(description.problemsWith(answer)).toEqual([]);
  });

  test('has no answer that the cases above did not meet', () => {
    expect([...description.answers().keys()].filter((name) => !produced.has(name))).toEqual([]);
  });

  test.each([
    ['a real notification', JSON.stringify(ALERTMANAGER_BODY), true],
    ['the first README, firing', SEED_FIRING, true],
    ['the first README, resolved', SEED_RESOLVED, true],
    ['numbers as labels', bodyWithLabels({ port: 9100 }), true],
    ['no labels', bodyWithLabels({}), false],
    ['a list as a label', bodyWithLabels({ a: [] }), false],
    ['no alerts', '{}', false],
  ])('agrees with the webhook about %s', async (_what, body, isGood) => {
    const response = await request(aHttpApp().app).post('/webhook').send(body);

    const problems = description.problemsWithSchema('Notification', JSON.parse(body));
    expect(problems.length === 0).toBe(isGood);
    expect(response.status === 200 && response.text.includes('"rejected":[]')).toBe(isGood);
  });

  test('sees an answer with a field too many, one too few and one of another type', () => {
    const answer = { name: 'POST /webhook 200', contentType: 'application/json', headers: {} };
    const bodies = [
      { accepted: 1, rejected: [], more: 1 },
      { accepted: 1 },
      { accepted: '1', rejected: [] },
      { accepted: 1, rejected: [{ index: 0 }] },
    ];

    for (const body of bodies) expect(description.problemsWith({ ...answer, body })).not.toEqual([]);
    expect(description.problemsWith({ ...answer, name: 'GET /nowhere 200', body: {} })).not.toEqual([]);
  });
});
