import { TicketBackendError } from '../../../application/ports/ticket-backend-error.js';
import type { BackendProblem } from '../../../application/ports/ticket-backend.js';
import {
  chooseAssignee,
  choosePriority,
  chooseResolved,
  chooseStatus,
  chooseTracker,
  CLOSE,
  OPEN,
} from './redmine-choices.js';
import type { RedmineCall } from './redmine-client.js';
import type { RedmineConfig } from './redmine-config.js';
import { keyFieldOf, takeInventory } from './redmine-inventory.js';
import { fieldProblems, missingRights, projectProblems } from './redmine-rights.js';

/** Everything that is wrong with the configuration, the rights or the project. Throws only what may pass by itself. */
export async function probeRedmine(
  call: RedmineCall,
  config: RedmineConfig,
): Promise<readonly BackendProblem[]> {
  const problems: BackendProblem[] = [];
  const attempt = problemsInto(problems);
  const inventory = await attempt(() => takeInventory(call, config));
  if (inventory === null) return problems;
  problems.push(...projectProblems(inventory), ...missingRights(inventory));
  const tracker = await attempt(() => chooseTracker(inventory, config));
  if (tracker !== null) problems.push(...fieldProblems(tracker));
  await attempt(() => chooseStatus(inventory, config.openStatus, OPEN));
  await attempt(() => chooseStatus(inventory, config.closeStatus, CLOSE));
  await attempt(() => chooseResolved(inventory, config));
  await attempt(() => choosePriority(inventory, config));
  await attempt(() => chooseAssignee(call, inventory, config));
  await attempt(() => keyFieldOf(inventory, config));
  if (!inventory.statuses.some((status) => status.is_closed)) problems.push(NO_CLOSED_STATUS);
  return problems;
}

function problemsInto(problems: BackendProblem[]): <T>(work: () => T | Promise<T>) => Promise<T | null> {
  return async (work) => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof TicketBackendError) || error.retryable) throw error;
      problems.push({ problem: error.message, remedy: error.remedy });
      return null;
    }
  };
}

const NO_CLOSED_STATUS: BackendProblem = {
  problem: 'Redmine has no closed status.',
  remedy: 'Mark one as closed in the administration of Redmine, or set ALERTREE_AUTO_CLOSE=note.',
};
