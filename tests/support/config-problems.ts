import { ConfigError } from '../../src/infrastructure/config/config-error.js';
import { loadConfig } from '../../src/infrastructure/config/load-config.js';

/** What loading the configuration finds wrong; nothing when it is taken. */
export function problemsOf(env: Readonly<Record<string, string>>): readonly string[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}
