import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseEnv, promisify } from 'node:util';

const run = promisify(execFile);
const SUPPORT = new URL('./', import.meta.url);
const REPOSITORY = fileURLToPath(new URL('../../../', SUPPORT));

/** Longer than anything takes on a slow machine, images included; a test that hangs must say where. */
const UP_SECONDS = 300;

/** Containers of `docker-compose.yml` under a name and on ports of their own, which a file of variables gives. */
export class ComposeProject {
  readonly variables: Readonly<Record<string, string>>;

  constructor(private readonly variablesFile: string) {
    const text = readFileSync(new URL(variablesFile, SUPPORT), 'utf8');
    this.variables = Object.fromEntries(
      Object.entries(parseEnv(text)).map(([name, value]) => [name, value ?? '']),
    );
  }

  /** Builds what changed, starts what does not run and resolves when all of it is healthy. Calling it again is cheap. */
  async up(...services: string[]): Promise<void> {
    await run('bash', [fileURLToPath(new URL('engine.sh', SUPPORT))]);
    await this.compose('up', '--build', '--detach', '--wait', `--wait-timeout=${UP_SECONDS}`, ...services);
  }

  /** Removes the containers and their data. */
  async down(): Promise<void> {
    await this.compose('down', '--volumes', '--timeout=5');
  }

  /** Ends a service as its operator would, and leaves its data. */
  async stop(service: string): Promise<void> {
    await this.compose('stop', service);
  }

  /** Starts a stopped service again and resolves when it is healthy. */
  async start(service: string): Promise<void> {
    await this.compose('up', '--detach', '--no-deps', '--no-recreate', '--wait', service);
  }

  /** Runs a command in a running container and gives what it printed; rejects when it fails. */
  async exec(service: string, ...command: string[]): Promise<string> {
    return this.compose('exec', '-T', service, ...command);
  }

  /** Where a port of a running container is published, as `127.0.0.1:13000`. */
  async published(service: string, port: number): Promise<string> {
    return (await this.compose('port', service, String(port))).trim();
  }

  /** The id of a service's container, stopped or not. */
  async containerId(service: string): Promise<string> {
    return (await this.compose('ps', '--all', '--quiet', service)).trim();
  }

  async compose(...words: string[]): Promise<string> {
    const file = fileURLToPath(new URL(this.variablesFile, SUPPORT));
    const { stdout } = await run('docker', ['compose', '--env-file', file, '--progress', 'quiet', ...words], {
      cwd: REPOSITORY,
      // Variables of the shell would win over those of the file.
      env: { ...process.env, ...this.variables },
    });
    return stdout;
  }
}
