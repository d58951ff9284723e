import { jest } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Test } from 'supertest';
import { parse } from 'yaml';
import { TOKENS } from '../../src/composition-root.tokens.js';
import { bodyOf, firing, on, resolved } from '../support/app/bodies.js';
import { startApp, type RunningApp } from '../support/app/running-app.js';
import { seriesOf } from '../support/metrics-text.js';

const RULES = join(import.meta.dirname, '../../deploy/prometheus/alertree.rules.yml');
const TESTS = RULES.replace('.yml', '.test.yml');

const TOKEN = 'a-token-of-thirty-two-characters-or-more';
/** A sender that does not wait for its answer cannot be made to leave at the right moment, so this is told. */
const HUNG_UP = { method: 'POST', code: 'aborted', seconds: 10 };

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

function allowed(sent: Test): Test {
  return sent.set('Authorization', `Bearer ${TOKEN}`);
}

/** A series selector of PromQL: the name and what its labels are to be like. */
interface Selector {
  readonly name: string;
  readonly matchers: readonly { readonly label: string; readonly fits: (value: string) => boolean }[];
}

function selectorsIn(rules: string): readonly Selector[] {
  return [...rules.matchAll(/\b(alertree_\w+)(?:\{([^}]*)\})?/g)].map(([, name = '', inside = '']) => ({
    name,
    matchers: [...inside.matchAll(/(\w+)(=~?)"([^"]*)"/g)].map(([, label = '', how, value = '']) => ({
      label,
      fits: how === '=' ? (found) => found === value : (found) => new RegExp(`^(?:${value})$`).test(found),
    })),
  }));
}

/** The series on a page of metrics that a selector selects. */
function selectedBy({ name, matchers }: Selector, page: string): readonly string[] {
  return Object.keys(seriesOf(page)).filter((series) => {
    const labels = new Map(
      [...series.matchAll(/(\w+)="([^"]*)"/g)].map(([, label, value]) => [label, value]),
    );
    const fits = matchers.every((one) => one.fits(labels.get(one.label) ?? ''));
    return series.split('{', 1)[0] === name && fits;
  });
}

describe('the metrics of a running Alertree', () => {
  let app: RunningApp;
  beforeEach(async () => {
    app = await startApp({ ALERTREE_WEBHOOK_TOKEN: TOKEN });
  });
  afterEach(() => app.dispose());

  const scrape = async (): Promise<string> => (await app.get('/metrics').expect(200)).text;

  test('are as promtool wants them, before and after everything was used', async () => {
    expect(await promtool(['check', 'metrics'], await scrape())).toEqual({ code: 0, said: '' });

    const send = (body: string, path = '/webhook'): Test => allowed(app.post(path, body));
    await send(bodyOf(firing('A', 'x'), firing('A', 'y'), { status: 'odd' })).expect(200);
    await app.quiet();
    await send(bodyOf(resolved('A', 'x', on(16, '12:00')), resolved('A', 'y', on(16, '12:00')))).expect(200);
    await app.quiet();
    await send(bodyOf(firing('B', 'x')), '/webhook?wait=1').expect(200);
    await send('no JSON').expect(400);

    expect(await promtool(['check', 'metrics'], await scrape())).toEqual({ code: 0, said: '' });
  });

  test('have every series that the alerting rules ask for, before the first of its kind happens', async () => {
    const selectors = selectorsIn(await readFile(RULES, 'utf8'));
    const asked = (page: string) => selectors.map((selector) => selectedBy(selector, page));
    const atFirst = asked(await scrape());

    for (const path of ['/webhook', '/webhook?wait=1']) {
      await allowed(app.post(path, bodyOf(firing('A', 'x')))).expect(200);
      await allowed(app.post(path, 'no JSON')).expect(400);
      await app.post(path, '{}').expect(401);
      await allowed(app.post(path.replace('webhook', 'webhook/a/b'), '{}')).expect(404);
      await allowed(app.post(path, '{}')).set('Content-Encoding', 'odd').expect(415);
      app.container.get(TOKENS.metrics).requests.answered({ ...HUNG_UP, handler: path.replace('=1', '') });
    }

    expect(selectors.length).toBeGreaterThan(8);
    expect(atFirst).not.toContainEqual([]);
    expect(asked(await scrape())).toEqual(atFirst);
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
