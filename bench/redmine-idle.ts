import { bodyOf } from './alert-bodies.js';
import { AlertreeProcess } from './alertree-process.js';
import { post, spreadOf, until } from './measure.js';
import { commitTimes, withBareServer } from './noise.js';
import type { Exchange } from './recording-proxy.js';
import { realServer } from './redmine-server.js';

/**
 * How soon after its webhook was answered an alert has its ticket in a real Redmine, and how soon after `resolved` the
 * ticket is closed there, when nothing else is going on. A ticket is there when Redmine has answered the write.
 */
const REPEATS = 100;
const WARM_UP = 5;

const redmine = await realServer();
if (redmine === null) throw new Error('No Redmine answers: npm run servers:up starts one.');
const { proxy } = redmine;
const alertree = await AlertreeProcess.start(redmine.env);

/** Milliseconds from the answer of the webhook to that of the write of Redmine; negative where Redmine was faster. */
async function timeToWrite(body: string, method: string): Promise<{ answer: number; write: number }> {
  proxy.forget();
  const answer = await post(alertree.baseUrl, body);
  const answeredAt = performance.now();
  const written = (): Exchange | undefined => proxy.exchanges.find((exchange) => exchange.method === method);
  await until(() => written() !== undefined && alertree.isQuiet());
  const { status, answeredAt: writtenAt } = written() ?? { status: 0, answeredAt: Number.NaN };
  if (status !== (method === 'POST' ? 201 : 204)) throw new Error(`Redmine answered ${status}.`);
  return { answer, write: writtenAt - answeredAt };
}

const answers: number[] = [];
const opened: number[] = [];
const closed: number[] = [];
const requestTimes = { POST: [] as number[], PUT: [] as number[], GET: [] as number[] };

async function round(n: number): Promise<void> {
  const alert = { name: `Idle${n}-`, groups: 1, ticketsEach: 1 };
  for (const [status, method, times] of [
    ['firing', 'POST', opened],
    ['resolved', 'PUT', closed],
  ] as const) {
    const { answer, write } = await timeToWrite(bodyOf(alert, status), method);
    if (n < 0) continue;
    answers.push(answer);
    times.push(write);
    for (const exchange of proxy.exchanges) {
      const ofMethod = requestTimes[exchange.method as keyof typeof requestTimes];
      ofMethod.push(exchange.answeredAt - exchange.begunAt);
    }
  }
}

try {
  for (let n = -WARM_UP; n < REPEATS; n += 1) await round(n);
} finally {
  await alertree.stop();
  await redmine.stop();
}

const bare = await withBareServer(async (baseUrl) => {
  const times: number[] = [];
  for (let n = 0; n < REPEATS; n += 1) {
    times.push(await post(baseUrl, bodyOf({ name: 'Bare', groups: 1, ticketsEach: 1 }, 'firing')));
  }
  return times;
});
console.log(`One alert at a time, ${REPEATS} times. Target: opened and closed within 500 ms (p95).`);
console.table({
  'noise: a bare server answers': spreadOf(bare),
  'noise: a durable commit': spreadOf(await commitTimes(REPEATS)),
  'noise: Redmine answers a create': spreadOf(requestTimes.POST),
  'noise: Redmine answers an update': spreadOf(requestTimes.PUT),
  'noise: Redmine answers a read': spreadOf(requestTimes.GET),
  'Alertree answers 200': spreadOf(answers),
  'from the 200 to the ticket': spreadOf(opened),
  'from the 200 of `resolved` to the closed ticket': spreadOf(closed),
});
