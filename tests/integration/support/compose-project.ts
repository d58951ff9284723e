import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseEnv, promisify } from 'node:util';
import { oneAtATime } from './one-at-a-time.js';
import { required } from './required.js';

const run = promisify(execFile);
const SUPPORT = new URL('./', import.meta.url);
const REPOSITORY = new URL('../../../', SUPPORT);

/** How long containers may take to become healthy; images are built before. */
const HEALTHY_SECONDS = 180;

/** Containers of `docker-compose.yml` under a name and on ports of their own, which a file of variables gives. */
export class ComposeProject {
  readonly variables: Readonly<Record<string, string | undefined>>;
  private readonly file: string;

  constructor(variablesFile: string) {
    this.file = fileURLToPath(new URL(variablesFile, SUPPORT));
    this.variables = parseEnv(readFileSync(this.file, 'utf8'));
  }

  /**
   * Builds what changed, starts what does not run and resolves when all of it is healthy; without names, all services.
   * It first brings an engine to a machine that has none.
   */
  async up(...services: string[]): Promise<void> {
    await this.build(...services);
    await this.startAndWait(...services);
  }

  /** Builds what changed and starts nothing; it too first brings an engine. */
  async build(...services: string[]): Promise<void> {
    await bringEngine();
    await this.compose('build', ...services);
  }

  /**
   * Starts a service that other test files may be using: what is there stays as it is, be it older than its image or
   * than its Dockerfile. `npm run servers:renew` replaces such containers, and goes before `npm run test:integration`.
   */
  async join(service: string): Promise<void> {
    await bringEngine();
    const name = required(this.variables, 'COMPOSE_PROJECT_NAME');
    await oneAtATime(name, () => this.startAndWait('--no-recreate', service));
  }

  /** Removes the containers and their data. */
  async down(): Promise<void> {
    await this.compose('down', '--volumes');
  }

  /** Ends a service as its operator would, and leaves its data. */
  async stop(service: string): Promise<void> {
    await this.compose('stop', service);
  }

  /** Ends all processes of a service at once, as a crash does, and leaves what they had written. */
  async kill(service: string): Promise<void> {
    await this.compose('kill', '--signal', 'SIGKILL', service);
  }

  /** Starts a stopped or killed service again and resolves when it is healthy. */
  async start(service: string): Promise<void> {
    await this.startAndWait('--no-deps', '--no-recreate', service);
  }

  /** Runs a command in a running container and gives what it printed; rejects when it fails. */
  async exec(service: string, ...command: string[]): Promise<string> {
    return (await this.compose('exec', '-T', service, ...command)).trim();
  }

  /** Where a port of a running container is published, as `127.0.0.1:13000`. */
  async published(service: string, port: number): Promise<string> {
    return (await this.compose('port', service, String(port))).trim();
  }

  /** Runs a command of Compose on this project and gives what it printed. */
  async compose(...words: string[]): Promise<string> {
    const { stdout } = await run(
      'docker',
      ['compose', '--env-file', this.file, '--progress', 'quiet', ...words],
      {
        cwd: fileURLToPath(REPOSITORY),
        env: { ...process.env, ...this.variables }, // of the shell and of the file, Compose would prefer the shell's
      },
    );
    return stdout;
  }

  private async startAndWait(...words: string[]): Promise<void> {
    try {
      await this.compose('up', '--detach', '--wait', `--wait-timeout=${HEALTHY_SECONDS}`, ...words);
    } catch (error) {
      const logs = await this.compose('logs', '--no-color', '--tail=30');
      throw new Error(`containers did not become healthy:\n${logs}`, { cause: error });
    }
  }
}

/** Several at once would install the same packages. */
function bringEngine(): Promise<unknown> {
  return oneAtATime('alertree-engine', () => run('bash', [fileURLToPath(new URL('engine.sh', SUPPORT))]));
}
