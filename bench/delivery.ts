import { bodyOf, type AlertGroups } from './alert-bodies.js';
import { AlertreeProcess } from './alertree-process.js';
import { post, spreadOf, until } from './measure.js';
import { commitTimes } from './noise.js';
import type { Exchange } from './recording-proxy.js';
import { serversAskedFor, type RedmineServer } from './redmine-server.js';
import { BareLoopProcess } from './replay.js';
import { isWrite, writesEachSecond } from './write-rate.js';

/**
 * How fast Alertree writes its tickets into Redmine, beside bare loops that send the requests that it sent, as many at
 * once: all of them, or its writes alone. What is missing to 100 % is the time between the requests, for deciding and
 * for keeping on the disk what was decided; beside the writes alone, also that of its reads. The rounds take turns, so
 * that what else the machine does slows all of them down.
 */
const ROUNDS = 5;
const FAKE_DELAY_MS = 50;
/** A real one takes longer, and its answers differ more. */
const TREES = { fake: { groups: 20, ticketsEach: 10 }, real: { groups: 8, ticketsEach: 5 } } as const;
const TARGETS = { fake: 95, real: 90 } as const;
const PHASES = [
  { name: 'opening', status: 'firing' },
  { name: 'closing', status: 'resolved' },
] as const;

type Phase = (typeof PHASES)[number]['name'];
type Rates = Readonly<Record<Phase, number>>;

class Round {
  private readonly recorded = new Map<Phase, readonly Exchange[]>();
  private inFlight = 0;

  constructor(
    private readonly server: RedmineServer,
    private readonly alerts: AlertGroups,
  ) {}

  async byAlertree(alertree: AlertreeProcess): Promise<Rates> {
    return this.inPhases(async ({ name, status }) => {
      const { proxy } = this.server;
      await post(alertree.baseUrl, bodyOf(this.alerts, status));
      await until(() => alertree.isQuiet());
      this.recorded.set(name, proxy.exchanges);
      this.inFlight = Math.max(this.inFlight, proxy.mostInFlight);
    });
  }

  async byLoop(isSent: (exchange: Exchange) => boolean): Promise<Rates> {
    const { proxy, apiKey } = this.server;
    const loop = new BareLoopProcess();
    const to = { url: proxy.url, apiKey, inFlight: this.inFlight };
    try {
      return await this.inPhases(async ({ name }) => {
        await loop.play(to, (this.recorded.get(name) ?? []).filter(isSent));
      });
    } finally {
      await loop.stop();
    }
  }

  private async inPhases(work: (phase: (typeof PHASES)[number]) => Promise<void>): Promise<Rates> {
    const rates = { opening: 0, closing: 0 };
    for (const phase of PHASES) {
      this.server.proxy.forget();
      await work(phase);
      const { exchanges } = this.server.proxy;
      if (exchanges.some(({ status }) => status >= 300)) throw new Error('Redmine refused a request.');
      rates[phase.name] = writesEachSecond(exchanges);
    }
    return rates;
  }
}

interface Measured {
  readonly alertree: Rates;
  readonly sameRequests: Rates;
  readonly writesAlone: Rates;
}

async function measure(server: RedmineServer): Promise<readonly Measured[]> {
  const alertree = await AlertreeProcess.start(server.env);
  const rounds: Measured[] = [];
  try {
    // The first is to warm up.
    for (let n = 0; n <= ROUNDS; n += 1) {
      const round = new Round(server, { name: `Delivery${n}-`, ...TREES[server.kind] });
      const measured = {
        alertree: await round.byAlertree(alertree),
        sameRequests: await round.byLoop(() => true),
        writesAlone: await round.byLoop(isWrite),
      };
      if (n > 0) rounds.push(measured);
    }
  } finally {
    await alertree.stop();
  }
  return rounds;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function shareOf(rounds: readonly Measured[], loop: 'sameRequests' | 'writesAlone', phase: Phase): string {
  const shares = rounds.map((round) => (100 * round.alertree[phase]) / round[loop][phase]);
  const [least, most] = [Math.min(...shares), Math.max(...shares)];
  return `${median(shares).toFixed(1)} % (${least.toFixed(1)} to ${most.toFixed(1)})`;
}

function tableOf(rounds: readonly Measured[]): Readonly<Record<string, unknown>> {
  const rows = PHASES.map(({ name }) => {
    const rate = (of: keyof Measured): string => median(rounds.map((round) => round[of][name])).toFixed(1);
    return [
      name,
      {
        'Alertree, writes/s': rate('alertree'),
        'same requests': rate('sameRequests'),
        'writes alone': rate('writesAlone'),
        'of same requests': shareOf(rounds, 'sameRequests', name),
        'of writes alone': shareOf(rounds, 'writesAlone', name),
      },
    ] as const;
  });
  return Object.fromEntries(rows);
}

for (const server of await serversAskedFor(FAKE_DELAY_MS)) {
  const { groups, ticketsEach } = TREES[server.kind];
  try {
    const table = tableOf(await measure(server));
    console.log(
      `${server.kind} Redmine, ${groups * ticketsEach} tickets in ${groups} groups, ${ROUNDS} rounds.`,
      `Target: ${TARGETS[server.kind]} %.`,
    );
    console.table(table);
  } finally {
    await server.stop();
  }
}
console.table({ 'noise: a durable commit': spreadOf(await commitTimes(100)) });
