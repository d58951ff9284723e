import { loadConfig } from '../../src/infrastructure/config/load-config.js';
import {
  redmineConfigOf,
  type RedmineConfig,
  type RedmineValues,
} from '../../src/infrastructure/tickets/redmine/redmine-config.js';

/** How these variables set Redmine up; fails when they do not choose it. */
export function redmineConfigIn(env: Readonly<Record<string, string>>): RedmineConfig {
  const { ticketBackend, route } = loadConfig(env);
  const { name, values } = ticketBackend;
  if (name !== 'redmine') throw new Error(`the variables choose ${name}`);
  return redmineConfigOf(values as RedmineValues, route.autoClose === 'close');
}
