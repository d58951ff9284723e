import { DatabaseSync } from 'node:sqlite';
import { rm } from 'node:fs/promises';
import fc from 'fast-check';
import { compose } from '../../src/composition-root.js';
import { TOKENS } from '../../src/composition-root.tokens.js';
import { loadConfig } from '../../src/infrastructure/config/load-config.js';
import { newDataDir } from '../support/app/running-app.js';
import { StoreFile } from '../support/app/store-file.js';
import { hostileBody } from '../support/hostile-bodies/hostile-body.js';
import { differences, type Told } from '../support/hostile-bodies/kept-letters.js';
import { predict, type Prediction } from '../support/hostile-bodies/webhook-contract.js';

const BODIES = Number(process.env['BODIES'] ?? 2_000);
/** An answer that takes this long counts as none: the run then ends with the body that caused it. */
const WATCHDOG_MS = 10_000;

/** The whole application but for its workers: what is accepted stays as it was accepted. */
class Webhook {
  readonly answers = new Map<number, number>();
  readonly accepted = new Set<string>();
  rejected = 0;
  /** Each problem that an answer told of an alert, with that alert. */
  private readonly told = new Map<string, Told>();
  slowest = 0;

  private constructor(
    private readonly dataDir: string,
    private readonly container: Awaited<ReturnType<typeof compose>>,
    private readonly url: string,
  ) {}

  static async start(): Promise<Webhook> {
    const dataDir = await newDataDir();
    const env = { ALERTREE_DATA_DIR: dataDir, ALERTREE_LISTEN: '127.0.0.1:0', ALERTREE_LOG_LEVEL: 'error' };
    const container = await compose(loadConfig(env));
    const { port } = await container.get(TOKENS.httpServer).start();
    return new Webhook(dataDir, container, `http://127.0.0.1:${port}/webhook/tokyo`);
  }

  /** Sends a body and says in one form what was answered and what should have been. */
  async send(body: Buffer): Promise<{ readonly answered: unknown; readonly predicted: unknown }> {
    const predicted = predict('tokyo', body);
    const startedAt = performance.now();
    const signal = AbortSignal.timeout(WATCHDOG_MS);
    const response = await fetch(this.url, { method: 'POST', body: new Uint8Array(body), signal });
    const answer: unknown = await response.json();
    this.slowest = Math.max(this.slowest, performance.now() - startedAt);
    this.count(response.status, predicted);
    for (const told of lettersOf(predicted, problemsIn(answer)))
      this.told.set(`${told.problem} ${told.sent.text}`, told);
    return { answered: { status: response.status, ...gist(answer) }, predicted: expectedOf(predicted) };
  }

  /** Accepted alerts that the store knows nothing of, and where its dead letters differ from what was rejected. */
  astray(): Readonly<Record<'alerts' | 'notKept' | 'notTold', readonly string[]>> {
    const file = new DatabaseSync(new StoreFile(this.dataDir).path, { readOnly: true });
    const rows = file.prepare('select id from alerts union select alert_id from episodes').all();
    const letters = file.prepare('select problem, body from dead_letters').all();
    file.close();
    const known = new Set(rows.map((row) => String(row['id'])));
    const kept = letters.map((row) => ({ problem: String(row['problem']), body: String(row['body']) }));
    const alerts = [...this.accepted].filter((id) => !known.has(id));
    return { alerts, ...differences([...this.told.values()], kept) };
  }

  async stop(): Promise<void> {
    await this.container.get(TOKENS.httpServer).stop(0);
    await this.container.get(TOKENS.database).destroy();
    await rm(this.dataDir, { recursive: true });
  }

  private count(status: number, predicted: Prediction): void {
    this.answers.set(status, (this.answers.get(status) ?? 0) + 1);
    if (predicted.status !== 200) return;
    for (const id of predicted.accepted) this.accepted.add(id);
    this.rejected += predicted.rejected.length;
  }
}

function lettersOf(predicted: Prediction, problems: readonly string[]): readonly Told[] {
  if (predicted.status !== 200) return [];
  return predicted.sent.map((sent, index) => ({ problem: problems[index] ?? '', sent }));
}

function problemsIn(answer: unknown): readonly string[] {
  const { rejected = [] } = answer as { readonly rejected?: readonly { readonly problem: string }[] };
  return rejected.map(({ problem }) => problem);
}

function gist(answer: unknown): object {
  if (typeof answer !== 'object' || answer === null) return { answer };
  if ('error' in answer) return { names: typeof answer.error };
  if (!('accepted' in answer) || !('rejected' in answer) || !Array.isArray(answer.rejected))
    return { answer };
  const rejected = answer.rejected.map((one: { index: unknown; problem: unknown }) => {
    return typeof one.problem === 'string' && one.problem !== '' ? one.index : one;
  });
  return { accepted: answer.accepted, rejected };
}

function expectedOf(predicted: Prediction): object {
  if (predicted.status === 400) return { status: 400, names: 'string' };
  return { status: 200, accepted: predicted.accepted.length, rejected: predicted.rejected };
}

/** The names of everything that all objects and lists inherit. */
function inherited(): string {
  return [Object.prototype, Array.prototype, Function.prototype, String.prototype]
    .flatMap((prototype) => Reflect.ownKeys(prototype).map(String))
    .join();
}

describe('bodies that are changed at random', () => {
  let webhook: Webhook;
  beforeAll(async () => {
    webhook = await Webhook.start();
  });
  afterAll(() => webhook.stop());

  test(
    'are answered as the contract says, touch no prototype, and nothing that was accepted is lost',
    async () => {
      const before = inherited();

      const property = fc.asyncProperty(hostileBody, async (body) => {
        const { answered, predicted } = await webhook.send(body);
        expect(answered).toEqual(predicted);
        expect(inherited()).toBe(before);
      });
      await fc.assert(property, { numRuns: BODIES });

      expect(webhook.astray()).toEqual({ alerts: [], notKept: [], notTold: [] });
      const slowest = Math.round(webhook.slowest);
      const counts = [...webhook.answers].map(([status, count]) => `${status}: ${count}`).join(', ');
      process.stdout.write(
        `${BODIES} bodies (${counts}), ${webhook.accepted.size} alerts kept, ${webhook.rejected} rejected, slowest answer ${slowest} ms\n`,
      );
    },
    Math.max(120_000, BODIES * 100),
  );
});
