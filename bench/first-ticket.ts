import { AlertreeProcess } from './alertree-process.js';
import { post, spreadOf, timeUntil } from './measure.js';
import { commitTimes, withBareServer } from './noise.js';

/** How soon an alert of a new name has its ticket, when nothing else is going on. */
const REPEATS = 100;
const WARM_UP = 10;

function bodyOf(n: number): string {
  const labels = { alertname: `Bench${n}`, instance: `host${n}` };
  return JSON.stringify({
    version: '4',
    alerts: [{ status: 'firing', labels, startsAt: new Date().toISOString() }],
  });
}

const bare = await withBareServer(async (baseUrl) => {
  const times: number[] = [];
  for (let n = -WARM_UP; n < REPEATS; n += 1) {
    const time = await post(baseUrl, bodyOf(n));
    if (n >= 0) times.push(time);
  }
  return times;
});
const commits = await commitTimes(REPEATS);

const alertree = await AlertreeProcess.start();
const answers: number[] = [];
const tickets: number[] = [];
for (let n = -WARM_UP; n < REPEATS; n += 1) {
  const before = alertree.tickets();
  const answer = await post(alertree.baseUrl, bodyOf(n));
  const ticket = await timeUntil(() => alertree.tickets() > before);
  if (n >= 0) {
    answers.push(answer);
    tickets.push(ticket);
  }
  await timeUntil(() => alertree.isQuiet());
}
await alertree.stop();

console.table({
  'noise: a bare server answers': spreadOf(bare),
  'noise: a durable commit': spreadOf(commits),
  'Alertree answers 200': spreadOf(answers),
  'from the 200 to the ticket': spreadOf(tickets),
});
