import { jest } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parse } from 'yaml';
import { bodyOf, firing, on, resolved } from '../support/app/bodies.js';
import { startApp, type RunningApp } from '../support/app/running-app.js';

const RULES = join(import.meta.dirname, '../../deploy/prometheus/alertree.rules.yml');
const TESTS = RULES.replace('.yml', '.test.yml');

// The rules are played through a whole day, minute by minute.
jest.setTimeout(120_000);

/** What Prometheus' own tool says of its input, and how it ends: 0 is praise without a but. */
async function promtool(args: readonly string[], input = ''): Promise<{ code: unknown; said: string }> {
  const child = spawn('promtool', args, { stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.end(input);
  const ended = once(child, 'close');
  const said = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await ended;
  return { code, said: said.join('') };
}

describe('the metrics of a running Alertree', () => {
  let app: RunningApp;
  beforeEach(async () => {
    app = await startApp();
  });
  afterEach(() => app.dispose());

  const scrape = async (): Promise<string> => (await app.get('/metrics').expect(200)).text;

  test('are as promtool wants them, before and after everything was used', async () => {
    expect(await promtool(['check', 'metrics'], await scrape())).toEqual({ code: 0, said: '' });

    await app.hear(bodyOf(firing('A', 'x'), firing('A', 'y'), { status: 'odd' }));
    await app.hear(bodyOf(resolved('A', 'x', on(16, '12:00')), resolved('A', 'y', on(16, '12:00'))));
    await app.post('/webhook?wait=1', bodyOf(firing('B', 'x'))).expect(200);
    await app.post('/webhook', 'no JSON').expect(400);

    expect(await promtool(['check', 'metrics'], await scrape())).toEqual({ code: 0, said: '' });
  });

  test('have every series that the alerting rules ask for', async () => {
    const rules = await readFile(RULES, 'utf8');
    const present = new Set((await scrape()).match(/^alertree_\w+/gm));

    const asked = new Set(rules.match(/\balertree_\w+/g));

    expect(asked.size).toBeGreaterThan(8);
    expect([...asked].filter((name) => !present.has(name))).toEqual([]);
  });
});

describe('the alerting rules of Alertree', () => {
  test('are as promtool wants them', async () => {
    const { code, said } = await promtool(['check', 'rules', RULES]);

    expect([code, said]).toEqual([0, expect.stringContaining('SUCCESS')]);
  });

  test('fire when they should, and only then', async () => {
    const { code, said } = await promtool(['test', 'rules', TESTS]);

    expect([code, said]).toEqual([0, expect.stringContaining('SUCCESS')]);
  });

  test('say what is wrong, how bad that is and what to do, and have each been seen firing', async () => {
    const { groups } = parse(await readFile(RULES, 'utf8'));
    const tested = await readFile(TESTS, 'utf8');

    for (const { alert, labels, annotations } of groups.flatMap(
      (group: { rules: unknown[] }) => group.rules,
    )) {
      expect(['critical', 'warning', 'info']).toContain(labels.severity);
      expect(Object.keys(annotations)).toEqual(['summary', 'description', 'remedy']);
      expect(tested).toMatch(
        new RegExp(`alertname: ${alert}\n +eval_time: \\w+\n +exp_alerts:\n +- exp_labels:`),
      );
      expect(tested).toContain(`{ alertname: ${alert}, eval_time: `);
    }
  });
});
