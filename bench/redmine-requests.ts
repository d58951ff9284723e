import { bodyOf } from './alert-bodies.js';
import { AlertreeProcess } from './alertree-process.js';
import { post, until } from './measure.js';
import type { Exchange } from './recording-proxy.js';
import { serversAskedFor, type RedmineServer } from './redmine-server.js';

/**
 * How many requests Redmine gets for each ticket that is opened and closed, reading back included. What the probe and
 * the first look for settings ask is not counted. Fewer are better: a Redmine has little to spare.
 */
const TREES = { name: 'Requests', groups: 20, ticketsEach: 10 };
const TICKETS = TREES.groups * TREES.ticketsEach;
const LONE = { name: 'Lone', groups: 1, ticketsEach: 1 };
const REPEATS = 50;
const FAKE_DELAY_MS = 50;

interface Row {
  readonly target: number;
  readonly requests: string;
  readonly met: 'yes' | 'no';
  /** How many of each kind. */
  readonly of: string;
}

function rowOf(target: number, exchanges: readonly Exchange[], tickets: number): Row {
  const each = exchanges.length / tickets;
  const kinds = Map.groupBy(exchanges, kindOf);
  const of = [...kinds].map(([kind, ofKind]) => `${ofKind.length} ${kind}`).join(', ');
  return { target, requests: each.toFixed(3), met: each <= target ? 'yes' : 'no', of };
}

function kindOf({ method, path }: Exchange): string {
  if (method !== 'GET') return method;
  const ids = /[?&]issue_id=([^&]*)/.exec(path)?.[1];
  if (ids === undefined) return 'GET one';
  return decodeURIComponent(ids).includes(',') ? 'GET many' : 'GET by id';
}

async function countsOn(server: RedmineServer): Promise<Readonly<Record<string, Row>>> {
  const alertree = await AlertreeProcess.start(server.env);
  try {
    return await countsOf(alertree, server);
  } finally {
    await alertree.stop();
  }
}

async function countsOf(
  alertree: AlertreeProcess,
  { kind, proxy }: RedmineServer,
): Promise<Readonly<Record<string, Row>>> {
  const requestsOf = async (body: string, times = 1): Promise<readonly Exchange[]> => {
    proxy.forget();
    for (let n = 0; n < times; n += 1) await post(alertree.baseUrl, body);
    await until(() => alertree.isQuiet());
    return proxy.exchanges;
  };
  await requestsOf(bodyOf({ name: 'WarmUp', groups: 1, ticketsEach: 1 }, 'firing'));
  const opened = await requestsOf(bodyOf(TREES, 'firing'));
  const repeated = await requestsOf(bodyOf(TREES, 'firing'), REPEATS);
  const closed = await requestsOf(bodyOf(TREES, 'resolved'));
  await requestsOf(bodyOf(LONE, 'firing'));
  const lone = await requestsOf(bodyOf(LONE, 'resolved'));
  const failed = [...opened, ...closed, ...lone].filter(({ status }) => status >= 400);
  if (failed.length > 0) throw new Error(`Redmine refused ${failed.length} requests.`);
  return {
    [`${kind}: for each opened`]: rowOf(1.02, opened, TICKETS),
    [`${kind}: for ${REPEATS} repeats of all`]: rowOf(0, repeated, 1),
    [`${kind}: for each closed`]: rowOf(kind === 'fake' ? 1.05 : 1.12, closed, TICKETS),
    [`${kind}: for one lone close`]: rowOf(2, lone, 1),
  };
}

console.log(`Requests for ${TICKETS} tickets in ${TREES.groups} groups.`);
for (const server of await serversAskedFor(FAKE_DELAY_MS)) {
  try {
    console.table(await countsOn(server));
  } finally {
    await server.stop();
  }
}
