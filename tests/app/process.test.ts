import { randomInt } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { problemWithNode } from '../../src/node-version.js';
import { bodyOf, firing } from '../support/app/bodies.js';
import {
  AlertreeProcess,
  buildAlertree,
  versionOfNode,
  type BuiltAlertree,
} from '../support/app/built-alertree.js';
import { newDataDir } from '../support/app/running-app.js';
import { StoreFile } from '../support/app/store-file.js';
import { untilTrue } from '../support/app/until.js';

const MACHINES_OWN_NODE = '/usr/bin/node';

jest.setTimeout(90_000);

let built: BuiltAlertree;
let dataDir: string;
const processes: AlertreeProcess[] = [];

beforeAll(async () => {
  built = await buildAlertree();
});
afterAll(() => built.remove());
beforeEach(async () => {
  dataDir = await newDataDir();
});
afterEach(async () => {
  for (const one of processes.splice(0)) await one.dispose();
  await rm(dataDir, { recursive: true });
});

function startProcess(env: Readonly<Record<string, string>> = {}, node = process.execPath): AlertreeProcess {
  const place = {
    ALERTREE_DATA_DIR: dataDir,
    ALERTREE_LISTEN: '127.0.0.1:0',
    ALERTREE_TIMEZONE: 'Asia/Tokyo',
  };
  const started = new AlertreeProcess({ main: built.main, env: { ...place, ...env }, node });
  processes.push(started);
  return started;
}

function post(url: string, body: string): Promise<Response> {
  return fetch(url, { method: 'POST', body, headers: { 'Content-Type': 'application/json' } });
}

/** What the page of health says: its status, or null when nobody answers. */
async function readiness(baseUrl: string): Promise<number | null> {
  try {
    return (await fetch(`${baseUrl}/-/ready`, { headers: { Connection: 'close' } })).status;
  } catch {
    return null;
  }
}

describe('the process', () => {
  test('answers a request that waits, takes no new one and ends in peace when it is asked to stop', async () => {
    // Nobody answers there, so the answer would take all of the 30 seconds.
    const nowhere = {
      REDMINE_URL: 'http://127.0.0.1:1',
      REDMINE_API_KEY: 'a-secret',
      REDMINE_PROJECT_ID: 'alerts',
    };
    const alertree = startProcess(nowhere);
    const baseUrl = await alertree.baseUrl();
    const waiting = post(`${baseUrl}/webhook?wait=30`, bodyOf(firing('Down', 'A')));
    await alertree.said(/notification accepted/);
    expect(await readiness(baseUrl)).toBe(200);

    alertree.signal('SIGTERM');
    await untilTrue('it is not ready', async () => (await readiness(baseUrl)) !== 200);
    const answer = await waiting;

    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ accepted: 1, rejected: [], result: [{ pending: 'Down:A' }] });
    expect(await alertree.ended()).toBe(0);
    expect(new StoreFile(dataDir).isClosed()).toBe(true);
  });

  test('ends in peace when nobody waits for anything', async () => {
    const alertree = startProcess();
    const baseUrl = await alertree.baseUrl();
    expect(await readiness(baseUrl)).toBe(200);

    alertree.signal('SIGINT');

    expect(await alertree.ended()).toBe(0);
    expect(await readiness(baseUrl)).toBeNull();
  });

  test('names every problem of its environment at once and does not start', async () => {
    const alertree = startProcess({
      ALERTREE_LISTEN: 'here',
      ALERTREE_GROUP_SPAN: 'two days',
      ALERTREE_MAX_CHILDREM: '7',
      REDMINE_API_KEY: 'a-secret',
    });

    expect(await alertree.ended()).toBe(1);
    for (const problem of [
      'ALERTREE_LISTEN is "here"',
      'ALERTREE_GROUP_SPAN is "two days"',
      'ALERTREE_MAX_CHILDREM is an unknown variable, did you mean ALERTREE_MAX_CHILDREN?',
      'REDMINE_API_KEY',
    ])
      expect(alertree.output).toContain(problem);
    expect(alertree.output).not.toContain('a-secret');
    expect(alertree.output).not.toMatch(/^\s+at /m);
  });

  test('says in one line that its port is taken', async () => {
    const baseUrl = await startProcess().baseUrl();

    const second = startProcess({
      ALERTREE_LISTEN: new URL(baseUrl).host,
      ALERTREE_DATA_DIR: join(dataDir, 'another'),
    });

    expect(await second.ended()).toBe(1);
    expect(second.output).toMatch(/does not start: .*EADDRINUSE.*\n$/);
  });

  test('says in one line that the machine’s own Node is too old', async () => {
    const version = await versionOfNode(MACHINES_OWN_NODE);
    const isTooOld = version !== null && problemWithNode(version) !== null;

    // Where the machine has no older Node, there is nothing to run: the check itself is below.
    const alertree = isTooOld ? startProcess({}, MACHINES_OWN_NODE) : null;

    expect((await alertree?.ended()) ?? 1).toBe(1);
    expect(alertree?.output ?? problemWithNode('v20.20.2')).toMatch(
      /^Alertree needs Node 24\.15 or newer, this is v[\d.]+: start it with "npm start"\.\n?$/,
    );
  });

  test.each([
    ['v18.20.8', false],
    ['v22.99.0', false],
    ['v24.14.9', false],
    ['v24.15.0', true],
    ['v24.21.0', true],
    ['v26.0.0', true],
  ])('knows whether Node %s will do: %s', (version, willDo) => {
    expect(problemWithNode(version) === null).toBe(willDo);
  });
});

describe('a process that is killed at a random moment under load', () => {
  const answered = new Set<string>();
  let sent = 0;

  /** Sends alerts of ten names, one after the other, until nobody answers. */
  async function sendUntilDead(baseUrl: string, onAnswer: () => void): Promise<void> {
    for (;;) {
      const instance = `host${(sent += 1)}`;
      try {
        const response = await post(`${baseUrl}/webhook`, bodyOf(firing(`Down${sent % 10}`, instance)));
        if (response.status === 200) answered.add(instance);
      } catch {
        return;
      }
      onAnswer();
    }
  }

  test('has everything that it answered with 200 once it is started again', async () => {
    const store = new StoreFile(dataDir);
    for (let round = 0; round < 4; round += 1) {
      const alertree = startProcess({ ALERTREE_MAX_CHILDREN: '1000' });
      const baseUrl = await alertree.baseUrl();
      let left = randomInt(1, 40);
      const onAnswer = (): void => {
        left -= 1;
        if (left === 0) alertree.signal('SIGKILL');
      };
      await Promise.all(Array.from({ length: 6 }, () => sendUntilDead(baseUrl, onAnswer)));
      expect(await alertree.ended()).toBe('SIGKILL');
    }

    const last = startProcess({ ALERTREE_MAX_CHILDREN: '1000' });
    await last.baseUrl();
    await untilTrue('everything is delivered', () => store.isQuiet(Date.now()));

    const tickets = store.tickets();
    const subjects = tickets.map((ticket) => ticket.subject).join('\n');
    expect([...answered].filter((instance) => !subjects.includes(`instance:${instance} `))).toEqual([]);
    expect(answered.size).toBeGreaterThan(0);
    expect(new Set(tickets.map((ticket) => ticket.correlationKey)).size).toBe(tickets.length);
    expect(new Set(tickets.map((ticket) => ticket.subject)).size).toBe(tickets.length);
    expect(tickets.filter((ticket) => ticket.parentId === null)).toHaveLength(
      new Set(tickets.map((ticket) => /Down\d/.exec(ticket.subject)?.[0])).size,
    );
  });
});
