import 'reflect-metadata';
import { compose } from './composition-root.js';
import { TOKENS } from './composition-root.tokens.js';
import { ConfigError } from './infrastructure/config/config-error.js';
import { loadConfig } from './infrastructure/config/load-config.js';

const LAST_MS = 500;

/** Runs Alertree until it is asked to stop: once in peace, twice at once. */
export async function run(env: Readonly<Record<string, string | undefined>>): Promise<void> {
  try {
    await start(env);
  } catch (error) {
    process.stderr.write(`Alertree does not start: ${reasonOf(error)}\n`);
    process.exitCode = 1;
  }
}

async function start(env: Readonly<Record<string, string | undefined>>): Promise<void> {
  const config = loadConfig(env);
  const container = await compose(config);
  const lifecycle = container.get(TOKENS.lifecycle);
  const logger = container.get(TOKENS.logger);
  let asked = false;
  const stop = (): void => {
    if (asked) process.exit(1);
    asked = true;
    lifecycle.stop().then(endSoon, (error: unknown) => {
      logger.error('stopped badly', { problem: String(error) });
      process.exit(1);
    });
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
  if (config.ticketBackend.name === 'embedded')
    logger.warn('tickets are kept in the embedded tracker, for trials');
  for (const problem of config.warnings) logger.warn('configuration', { problem });
  await lifecycle.start();
}

/** The process ends by itself, unless a connection to a server that never answers keeps it. */
function endSoon(): void {
  setTimeout(() => process.exit(0), LAST_MS).unref();
}

function reasonOf(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  return error instanceof Error ? error.message : String(error);
}
