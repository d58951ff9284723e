import { setTimeout as sleep } from 'node:timers/promises';
import { AlertreeProcess } from './alertree-process.js';
import { Connections, type Load } from './connections.js';
import { spreadOf, until } from './measure.js';
import { commitTimes, withBareServer } from './noise.js';

/**
 * How fast notifications are taken in, durable each, beside an Express that only parses them: bodies of one alert, of a
 * hundred and of ten thousand, all of them new, over sixteen connections. The rounds take turns.
 */
const ROUNDS = 5;
const CONNECTIONS = 16;
const LOADS = [
  { alerts: 1, bodies: 2_000 },
  { alerts: 100, bodies: 64 },
  { alerts: 10_000, bodies: 2 },
] as const;
const NAMES = 100;
const WARM_UP = 500;
/** How often health is looked at, and a body of one alert posted, beside a storm. */
const LOOK_MS = 10;
const POST_MS = 100;

let made = 0;

/** Alerts that were never sent before, of a hundred names. */
function newBody(alerts: number): string {
  return JSON.stringify({
    version: '4',
    receiver: 'bench',
    alerts: Array.from({ length: alerts }, () => {
      made += 1;
      return {
        status: 'firing',
        labels: { alertname: `Intake${made % NAMES}`, instance: `host${made}:9100`, severity: 'warning' },
        annotations: { summary: `host${made} cannot be reached` },
        startsAt: '2026-06-16T02:46:00.123456789Z',
        endsAt: '0001-01-01T00:00:00Z',
        generatorURL: 'http://prometheus:9090/graph?g0.expr=up+%3D%3D+0&g0.tab=1',
      };
    }),
  });
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

async function underLoad(baseUrl: string, bodies: readonly string[]): Promise<Load> {
  const connections = new Connections(baseUrl, CONNECTIONS);
  try {
    return await connections.post(bodies);
  } finally {
    connections.close();
  }
}

async function compare(load: (typeof LOADS)[number]): Promise<Readonly<Record<string, unknown>>> {
  const rounds: { readonly bare: Load; readonly alertree: Load; readonly rss: number }[] = [];
  // The first is to warm up.
  for (let round = 0; round <= ROUNDS; round += 1) {
    const bodies = Array.from({ length: load.bodies }, () => newBody(load.alerts));
    const warmUp = Array.from({ length: WARM_UP }, () => newBody(1));
    const bare = await withBareServer(async (url) => {
      await underLoad(url, warmUp);
      return underLoad(url, bodies);
    }, 'bare-express.js');
    const process = await AlertreeProcess.start();
    await underLoad(process.baseUrl, warmUp);
    await until(() => process.isQuiet());
    const alertree = await underLoad(process.baseUrl, bodies);
    const { peak } = await process.memory();
    await process.stop();
    if (round > 0) rounds.push({ bare, alertree, rss: peak });
  }
  const shares = rounds.map(({ bare, alertree }) => alertree.bodiesEachSecond / bare.bodiesEachSecond);
  return {
    'bare Express, bodies/s': median(rounds.map(({ bare }) => bare.bodiesEachSecond)).toFixed(1),
    'Alertree, bodies/s': median(rounds.map(({ alertree }) => alertree.bodiesEachSecond)).toFixed(1),
    share: `${median(shares).toFixed(2)} (${Math.min(...shares).toFixed(2)} to ${Math.max(...shares).toFixed(2)})`,
    'answer p50': spreadOf(rounds.flatMap(({ alertree }) => alertree.times)).p50,
    'answer p95': spreadOf(rounds.flatMap(({ alertree }) => alertree.times)).p95,
    'RSS MiB': Math.round(median(rounds.map(({ rss }) => rss))),
  };
}

/** While ten thousand alerts are taken in: how long a look at its health and a body of one alert take. */
async function besideAStorm(): Promise<Readonly<Record<string, readonly number[]>>> {
  const [storm, health, after]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    const alertree = await AlertreeProcess.start();
    const connections = new Connections(alertree.baseUrl, CONNECTIONS);
    const over = new AbortController();
    const large = connections.ask('POST', '/webhook', newBody(10_000)).finally(() => over.abort());
    const looking = lookAgain(connections, over.signal);
    const posting = postAgain(connections, over.signal);
    storm.push(await large);
    const answeredAt = performance.now();
    after.push((await posting) - answeredAt);
    health.push(...(await looking));
    connections.close();
    await alertree.stop();
  }
  return { storm, health, after };
}

/** Asks for health every now and then until something is over. */
async function lookAgain(connections: Connections, over: AbortSignal): Promise<readonly number[]> {
  const times: number[] = [];
  while (!over.aborted) {
    times.push(await connections.ask('GET', '/-/healthy'));
    await sleep(LOOK_MS);
  }
  return times;
}

/** Posts a body of one alert every now and then until something is over; resolves with when the last was answered. */
async function postAgain(connections: Connections, over: AbortSignal): Promise<number> {
  while (!over.aborted) {
    await connections.ask('POST', '/webhook', newBody(1));
    await sleep(POST_MS);
  }
  return performance.now() - POST_MS;
}

async function startTimes(): Promise<Readonly<Record<string, readonly number[]>>> {
  const [empty, full]: [number[], number[]] = [[], []];
  let large = await AlertreeProcess.start();
  for (let body = 0; body < 10; body += 1) await underLoad(large.baseUrl, [newBody(10_000)]);
  await until(() => large.isQuiet());
  for (let round = 0; round < ROUNDS; round += 1) {
    let begun = performance.now();
    const small = await AlertreeProcess.start();
    empty.push(performance.now() - begun);
    await small.stop();
    begun = performance.now();
    large = await large.restarted();
    full.push(performance.now() - begun);
  }
  await large.stop();
  return { empty, full };
}

const commits = await commitTimes(200);
const table: Record<string, unknown> = {};
for (const load of LOADS) table[`${load.alerts} alerts a body`] = await compare(load);
const beside = await besideAStorm();
const starts = await startTimes();

console.log(`${ROUNDS} rounds, ${CONNECTIONS} connections; target for one alert a body: a share of 0.15`);
console.table(table);
console.table({
  'noise: a durable commit': spreadOf(commits),
  '10,000 alerts are answered (1500 ms)': spreadOf(beside['storm'] ?? []),
  'health meanwhile (100 ms)': spreadOf(beside['health'] ?? []),
  'one alert, after the large answer (300 ms)': spreadOf(beside['after'] ?? []),
  'start with an empty store (1000 ms)': spreadOf(starts['empty'] ?? []),
  'stop and start with 100,000 episodes (2000 ms)': spreadOf(starts['full'] ?? []),
});
