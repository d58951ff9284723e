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
import { keyFieldOf, takeInventory, type Inventory } from './redmine-inventory.js';
import { missingRights } from './redmine-rights.js';

/** Of projects: 5 is closed, 9 archived. */
const ACTIVE = 1;
const PASSING = new Set(['unavailable', 'timeout', 'rate-limited']);

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
  const fields = tracker?.enabled_standard_fields ?? FIELDS_NEEDED;
  problems.push(...FIELDS_NEEDED.filter((field) => !fields.includes(field)).map(fieldDisabled));
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
      if (!(error instanceof TicketBackendError) || PASSING.has(error.reason)) throw error;
      problems.push({ problem: error.message, remedy: error.remedy });
      return null;
    }
  };
}

function projectProblems({ project }: Inventory): readonly BackendProblem[] {
  const problems: BackendProblem[] = [];
  if (project.status !== ACTIVE) {
    problems.push({
      problem: `The project ${project.identifier} is closed or archived.`,
      remedy: 'Reopen it in Redmine, or set REDMINE_PROJECT_ID to another.',
    });
  }
  if (!project.enabled_modules.some((module) => module.name === 'issue_tracking')) {
    problems.push({
      problem: `The project ${project.identifier} has no issues.`,
      remedy: 'Enable the module "Issue tracking" in the settings of the project.',
    });
  }
  return problems;
}

/** Redmine drops what a disabled field was to hold, and says nothing. */
const FIELDS_NEEDED: readonly string[] = ['parent_issue_id', 'description'];

function fieldDisabled(field: string): BackendProblem {
  return {
    problem: `The tracker has the field ${field} disabled.`,
    remedy: 'Enable it in the administration of Redmine, or set REDMINE_TRACKER_ID to another tracker.',
  };
}

const NO_CLOSED_STATUS: BackendProblem = {
  problem: 'Redmine has no closed status.',
  remedy: 'Mark one as closed in the administration of Redmine, or set ALERTREE_AUTO_CLOSE=note.',
};
