import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Container } from 'inversify';
import type { LogEvent } from 'kysely';
import request, { type Test } from 'supertest';
import { compose } from '../../../src/composition-root.js';
import { TOKENS } from '../../../src/composition-root.tokens.js';
import { loadConfig } from '../../../src/infrastructure/config/load-config.js';
import { openSqliteDatabase } from '../../../src/infrastructure/persistence/sqlite-database.js';
import { RecordingLogger } from '../recording-logger.js';
import { AdvancingClock } from './advancing-clock.js';
import { StoreFile, treeOf, type StoredTicket } from './store-file.js';
import { untilTrue } from './until.js';

export type Environment = Readonly<Record<string, string>>;

/** An empty folder of its own for what an Alertree keeps. */
export function newDataDir(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'alertree-app-'));
}

/** Starts the whole application in this process, on a free port of the loopback, over an empty store. */
export async function startApp(env: Environment = {}): Promise<RunningApp> {
  return startAppOn(await newDataDir(), env);
}

/** The same over the store that another one left. */
export async function startAppOn(dataDir: string, env: Environment = {}): Promise<RunningApp> {
  const config = loadConfig({
    ALERTREE_LISTEN: '127.0.0.1:0',
    ALERTREE_TIMEZONE: 'Asia/Tokyo',
    ALERTREE_DATA_DIR: dataDir,
    ...env,
  });
  const container = await compose(config);
  const parts = { logger: new RecordingLogger(), clock: new AdvancingClock() };
  container.rebind(TOKENS.logger).toConstantValue(parts.logger);
  container.rebind(TOKENS.clock).toConstantValue(parts.clock);
  const statements = await logStatements(container, new StoreFile(dataDir).path);
  const { port } = await container.get(TOKENS.lifecycle).start();
  return new RunningApp(container, { dataDir, port }, { ...parts, statements });
}

/** Puts a connection that tells its statements in the place of the one that was opened. */
async function logStatements(container: Container, path: string): Promise<readonly string[]> {
  const statements: string[] = [];
  const log = ({ query }: LogEvent): void => void statements.push(query.sql);
  await container.get(TOKENS.database).destroy();
  container.rebind(TOKENS.database).toConstantValue(await openSqliteDatabase(path, log));
  return statements;
}

/** An application that answers, to be disposed of by whoever started it. */
export class RunningApp {
  readonly baseUrl: string;
  readonly logger: RecordingLogger;
  readonly store: StoreFile;
  /** Every SQL statement since the start, in order. */
  readonly statements: readonly string[];
  private readonly clock: AdvancingClock;

  constructor(
    readonly container: Container,
    readonly place: { readonly dataDir: string; readonly port: number },
    parts: {
      readonly logger: RecordingLogger;
      readonly clock: AdvancingClock;
      readonly statements: readonly string[];
    },
  ) {
    this.baseUrl = `http://127.0.0.1:${place.port}`;
    this.logger = parts.logger;
    this.clock = parts.clock;
    this.statements = parts.statements;
    this.store = new StoreFile(place.dataDir);
  }

  /** Sends a webhook body, given as JSON text. */
  post(path: string, body: string): Test {
    return request(this.baseUrl).post(path).set('Content-Type', 'application/json').send(body);
  }

  get(path: string): Test {
    return request(this.baseUrl).get(path);
  }

  /** Sends a body and resolves when all that follows from it is delivered and read back. */
  async hear(body: string): Promise<void> {
    await this.post('/webhook', body).expect(200);
    await this.quiet();
  }

  /** Resolves when nothing is left to be delivered or read back. */
  quiet(): Promise<void> {
    return untilTrue('everything is delivered and read back', () => this.store.isQuiet(this.clock.now()));
  }

  /** Lets time pass for the application, and what fell due by then happen. */
  async pass(milliseconds: number): Promise<void> {
    this.clock.advance(milliseconds);
    this.container.get(TOKENS.doorbell).ring();
    await this.quiet();
  }

  tickets(): readonly StoredTicket[] {
    return this.store.tickets();
  }

  tree(): readonly string[] {
    return treeOf(this.tickets());
  }

  /** Resolves when the tickets are drawn like this. */
  treeBecomes(...lines: readonly string[]): Promise<void> {
    const wanted = lines.join(' | ');
    return untilTrue(`the tree is ${wanted}`, () => this.tree().join(' | ') === wanted);
  }

  stop(): Promise<void> {
    return this.container.get(TOKENS.lifecycle).stop();
  }

  /** Stops and starts another one over the same store. */
  async restart(env: Environment = {}): Promise<RunningApp> {
    await this.stop();
    return startAppOn(this.place.dataDir, env);
  }

  async dispose(): Promise<void> {
    await this.stop();
    await rm(this.place.dataDir, { recursive: true, force: true });
  }
}

/** The list `result` that the webhook answers with `?wait`. */
export function resultOf(answer: unknown): unknown {
  return typeof answer === 'object' && answer !== null && 'result' in answer ? answer.result : undefined;
}
