import { bodyOf } from './alert-bodies.js';
import { AlertreeProcess } from './alertree-process.js';
import { Connections } from './connections.js';
import { spreadOf, until } from './measure.js';
import { commitTimes } from './noise.js';
import { fakeServer, type RedmineServer } from './redmine-server.js';
import { BareLoopProcess } from './replay.js';
import { writesEachSecond } from './write-rate.js';

/**
 * A storm while Redmine is down, beside the same storm while it is up: what the webhook's answers take, and what the
 * process needs of memory. Then Redmine comes back, and what waited is delivered, beside a bare loop that sends the same
 * requests. The rounds take turns, each with a new process and a new Redmine.
 */
const ROUNDS = 5;
const NAMES = 1_000;
const ALERTS_EACH = 10;
/** Alertmanager sends each group by itself, several at once. */
const CONNECTIONS = 8;
const FAKE_DELAY_MS = 50;
const LONGEST_DRAIN_MS = 15 * 60_000;

type Mode = 'up' | 'down';

interface Storm {
  readonly times: readonly number[];
  readonly idle: number;
  readonly peak: number;
}

/** One notification for each name. */
const bodies = Array.from({ length: NAMES }, (_, n) =>
  bodyOf({ name: `Storm${n}-`, groups: 1, ticketsEach: ALERTS_EACH }, 'firing'),
);

async function storm(alertree: AlertreeProcess): Promise<Storm> {
  const idle = (await alertree.memory()).now;
  const connections = new Connections(alertree.baseUrl, CONNECTIONS);
  try {
    const { times } = await connections.post(bodies);
    return { times, idle, peak: (await alertree.memory()).peak };
  } finally {
    connections.close();
  }
}

/** Starts with a Redmine that answers, and loses it where the storm is to find it gone. */
async function inMode<T>(
  mode: Mode,
  work: (alertree: AlertreeProcess, server: RedmineServer) => Promise<T>,
): Promise<T> {
  const server = await fakeServer(FAKE_DELAY_MS);
  const alertree = await AlertreeProcess.start(server.env);
  try {
    await until(() => server.proxy.passed > 0);
    if (mode === 'down') await server.proxy.pause();
    return await work(alertree, server);
  } finally {
    await alertree.stop();
    await server.stop();
  }
}

interface Drain {
  readonly alertree: number;
  readonly bareLoop: number;
  readonly peak: number;
}

/** Writes a second from the first one after Redmine is back, and those of a bare loop. */
async function drained(alertree: AlertreeProcess, { proxy, apiKey }: RedmineServer): Promise<Drain> {
  proxy.forget();
  await proxy.resume();
  await until(() => proxy.passed >= NAMES * ALERTS_EACH && alertree.isQuiet(), LONGEST_DRAIN_MS);
  const sent = proxy.exchanges;
  const { peak } = await alertree.memory();
  const loop = new BareLoopProcess();
  const inFlight = proxy.mostInFlight;
  proxy.forget();
  await loop.play({ url: proxy.url, apiKey, inFlight }, sent);
  await loop.stop();
  return { alertree: writesEachSecond(sent), bareLoop: writesEachSecond(proxy.exchanges), peak };
}

const storms: Record<Mode, Storm[]> = { up: [], down: [] };
// The first is to warm up.
for (let round = 0; round <= ROUNDS; round += 1) {
  for (const mode of ['up', 'down'] as const) {
    const seen = await inMode(mode, storm);
    if (round > 0) storms[mode].push(seen);
  }
}
const drain = await inMode('down', async (alertree, server) => {
  await storm(alertree);
  return drained(alertree, server);
});

function timesOf(mode: Mode): readonly number[] {
  return storms[mode].flatMap(({ times }) => times);
}

console.log(`${NAMES * ALERTS_EACH} alerts of ${NAMES} names, ${CONNECTIONS} connections, ${ROUNDS} rounds`);
console.table({
  'noise: a durable commit': spreadOf(await commitTimes(100)),
  'answer while Redmine is up': spreadOf(timesOf('up')),
  'answer while Redmine is down (p95 at most 1.5 times as long)': spreadOf(timesOf('down')),
});
console.table(
  storms.up.map((up, round) => ({
    'up: idle MiB': Math.round(up.idle),
    'up: peak MiB': Math.round(up.peak),
    'down: idle MiB': Math.round(storms.down[round]?.idle ?? Number.NaN),
    'down: peak MiB': Math.round(storms.down[round]?.peak ?? Number.NaN),
  })),
);
console.table({
  'after the outage': {
    'Alertree, writes/s': drain.alertree.toFixed(1),
    'bare loop, writes/s': drain.bareLoop.toFixed(1),
    'share (95 %)': `${((100 * drain.alertree) / drain.bareLoop).toFixed(1)} %`,
    'peak MiB': Math.round(drain.peak),
  },
});
