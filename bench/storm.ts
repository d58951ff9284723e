import { AlertreeProcess } from './alertree-process.js';
import { post, spreadOf, timeUntil } from './measure.js';
import { commitTimes, withBareServer } from './noise.js';

/** What a body of ten thousand alerts costs: the first time, and when it is known. */
const ALERTS = 10_000;
const RUNS = 5;
/** A root and its children, at the default of ALERTREE_MAX_CHILDREN. */
const TICKETS = 51;

const body = JSON.stringify({
  version: '4',
  receiver: 'bench',
  alerts: Array.from({ length: ALERTS }, (_, n) => ({
    status: 'firing',
    labels: { alertname: 'SwitchDown', instance: `host${n}:9100`, job: 'node', severity: 'critical' },
    annotations: {
      summary: `host${n} cannot be reached`,
      description: 'No answer for five minutes. '.repeat(8),
    },
    startsAt: '2026-06-16T02:46:00.123456789Z',
    endsAt: '0001-01-01T00:00:00Z',
    generatorURL: 'http://prometheus:9090/graph?g0.expr=up+%3D%3D+0&g0.tab=1',
    fingerprint: n.toString(16).padStart(16, '0'),
  })),
});

const bare = await withBareServer(async (baseUrl) => {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) times.push(await post(baseUrl, body));
  return times;
});
const commits = await commitTimes(100);

const first: number[] = [];
const delivered: number[] = [];
const again: number[] = [];
const memory: { readonly idle: number; readonly now: number; readonly peak: number }[] = [];
for (let run = 0; run < RUNS; run += 1) {
  const alertree = await AlertreeProcess.start();
  const idle = (await alertree.memory()).now;
  first.push(await post(alertree.baseUrl, body));
  delivered.push(await timeUntil(() => alertree.tickets() === TICKETS));
  await timeUntil(() => alertree.isQuiet());
  const before = alertree.revision();
  for (let repeat = 0; repeat < 3; repeat += 1) again.push(await post(alertree.baseUrl, body));
  await timeUntil(() => alertree.isQuiet());
  if (alertree.revision() !== before) throw new Error('A repeat wrote to the tickets.');
  memory.push({ idle, ...(await alertree.memory()) });
  await alertree.stop();
}

console.log(`${ALERTS} alerts, ${(body.length / 1e6).toFixed(1)} MB, ${RUNS} runs`);
console.table({
  'noise: a bare server answers': spreadOf(bare),
  'noise: a durable commit': spreadOf(commits),
  'Alertree answers 200': spreadOf(first),
  'from the 200 to root and 50 children': spreadOf(delivered),
  'Alertree answers a repeat': spreadOf(again),
});
console.table(
  memory.map(({ idle, now, peak }) => ({
    'idle MiB': Math.round(idle),
    'after MiB': Math.round(now),
    'peak MiB': Math.round(peak),
  })),
);
