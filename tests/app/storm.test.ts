import { jest } from '@jest/globals';
import { bodyOf, firing, on, resolved } from '../support/app/bodies.js';
import { startApp, type RunningApp } from '../support/app/running-app.js';

const COUNT = 10_000;
const ROWS_PER_STATEMENT = 1_000;
const NAME = 'SwitchDown';
const HOSTS = Array.from({ length: COUNT }, (_, index) => `host${String(index).padStart(5, '0')}`);
const STORM = bodyOf(...HOSTS.map((host) => firing(NAME, host)));

jest.setTimeout(60_000);

/** The transactions in which alerts were written, each as its statements. */
function intakesIn(statements: readonly string[]): readonly (readonly string[])[] {
  const intakes: (readonly string[])[] = [];
  let begun = 0;
  for (const [index, sql] of statements.entries()) {
    if (sql === 'begin immediate') begun = index;
    const transaction = statements.slice(begun, index + 1);
    if (sql === 'commit' && transaction.some((one) => one.startsWith('insert into "alerts"')))
      intakes.push(transaction);
  }
  return intakes;
}

/** How often each kind of statement was issued: `insert alerts`, `select episodes`. */
function countByTable(statements: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const sql of statements) {
    const [, verb = sql, table = ''] =
      /^(insert|select|update|delete).*?(?:into|from|update) "(\w+)"/.exec(sql) ?? [];
    const kind = `${verb} ${table}`.trim();
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

describe('ten thousand alerts of one name in one body', () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await startApp();
    await app.post('/webhook', STORM).expect(200, { accepted: COUNT, rejected: [] });
    await app.quiet();
  });
  afterAll(() => app.dispose());

  test('become one root with fifty children that says how many have no ticket', async () => {
    const tickets = app.tickets();

    expect(tickets).toHaveLength(51);
    expect(tickets.filter((ticket) => ticket.parentId === null)).toHaveLength(1);
    expect(tickets.every((ticket) => ticket.status === 'open')).toBe(true);
    expect(tickets[0]?.description).toMatch(/\b9949\b/);
    expect(tickets.map((ticket) => /host\d+/.exec(ticket.subject)?.[0])).toEqual(HOSTS.slice(0, 51));
  });

  test('are taken in one transaction, with at most a statement per thousand rows and table', () => {
    const intakes = intakesIn(app.statements);

    expect(intakes).toHaveLength(1);
    const counts = countByTable(intakes[0] ?? []);
    expect(counts['insert episodes']).toBe(COUNT / ROWS_PER_STATEMENT);
    const most = Math.max(...Object.values(counts));
    expect(most).toBe(COUNT / ROWS_PER_STATEMENT);
  });

  test('leave the page and the API answering', async () => {
    const page = await app.get('/').expect(200);
    const list = await app.get('/api/v1/ticket-groups?state=open').expect(200);

    expect(page.text).toContain(NAME);
    expect(page.text).toContain('instance:host00050');
    expect(list.body).toMatchObject({
      total: 1,
      groups: [{ state: 'open', counts: { firing: COUNT, placed: 51, folded: 9949, openChildren: 50 } }],
    });
  });

  test('write nothing to the tickets when they come again', async () => {
    const before = app.store.trackerRevision();

    await app.hear(STORM);

    expect(app.store.trackerRevision()).toBe(before);
    expect(app.tickets()).toHaveLength(51);
  });

  // The last one: it ends what the others look at.
  test('close every ticket when they end together, and the root counts those without one', async () => {
    await app.hear(bodyOf(...HOSTS.map((host) => resolved(NAME, host, on(16, '12:00')))));

    const tickets = app.tickets();
    expect(tickets).toHaveLength(51);
    expect(tickets.every((ticket) => ticket.status === 'closed')).toBe(true);
    expect(tickets[0]?.notes.at(-1)).toMatch(/\b9949\b/);
  });
});
