import type { BackendProblem, TicketPriority } from '../../../application/ports/ticket-backend.js';
import { TicketBackendError } from '../../../application/ports/ticket-backend-error.js';
import type { IssueStatus, Named, Priority, Tracker } from './redmine-answers.js';
import type { RedmineCall } from './redmine-client.js';
import type { RedmineConfig } from './redmine-config.js';
import { configurationFailure } from './redmine-failure.js';
import { membersOf, takeInventory, type Inventory } from './redmine-inventory.js';
import { theNamed } from './redmine-names.js';
import { fieldProblems, missingRights, projectProblems } from './redmine-rights.js';
import { isNamedResolved } from './resolved-names.js';

/** What the configuration and Redmine's defaults choose from the inventory. */
export interface Choices {
  readonly inventory: Inventory;
  readonly tracker: Tracker;
  /** null: the tracker's own, which Redmine gives by itself. */
  readonly openStatus: IssueStatus | null;
  /** null: the first closed one that Redmine allows for a ticket. */
  readonly closeStatus: IssueStatus | null;
  /** null: there is none, and nobody ends a group by it. */
  readonly resolvedStatus: IssueStatus | null;
  /** null: Redmine's default. */
  readonly priority: Priority | null;
  readonly assignedTo: Named | null;
  readonly keyField: Named | null;
}

export interface Findings {
  /** What could not be chosen is left out; null where nothing goes without it. */
  readonly choices: Choices | null;
  readonly problems: readonly BackendProblem[];
}

/** Asks for all that there is, chooses from it, and says what is wrong. Throws where nothing can be chosen from. */
export async function choose(call: RedmineCall, config: RedmineConfig): Promise<Findings> {
  const inventory = await takeInventory(call, config);
  const problems: BackendProblem[] = [...projectProblems(inventory), ...missingRights(inventory)];
  const attempt = problemsInto(problems);
  const tracker = await attempt(true, () => chooseTracker(inventory, config));
  if (tracker !== null) problems.push(...fieldProblems(tracker));
  const { closesTickets: needsClosed } = config;
  const openStatus = await attempt(true, () => chooseStatus(inventory, config.openStatus, OPEN));
  const closeStatus = await attempt(needsClosed, () => chooseStatus(inventory, config.closeStatus, CLOSE));
  const resolvedStatus = await attempt(true, () => chooseResolved(inventory, config, problems));
  const priority = await attempt(true, () => choosePriority(inventory, config));
  // Neither a person who left nor a field that was removed keeps tickets from being opened.
  const assignedTo = await attempt(false, () => chooseAssignee(call, inventory, config));
  const keyField = await attempt(false, () => chooseKeyField(inventory, config));
  const hasClosed = inventory.statuses.some((status) => status.is_closed);
  if (!hasClosed) problems.push({ ...NO_CLOSED_STATUS, stops: needsClosed });
  const chosen = { inventory, openStatus, closeStatus, resolvedStatus, priority, assignedTo, keyField };
  return { choices: tracker === null ? null : { ...chosen, tracker }, problems };
}

/** What cannot be chosen is null, and a problem. What may pass by itself is thrown. */
function problemsInto(
  problems: BackendProblem[],
): <T>(stops: boolean, choice: () => T | Promise<T>) => Promise<T | null> {
  return async (stops, choice) => {
    try {
      return await choice();
    } catch (error) {
      if (!(error instanceof TicketBackendError) || error.retryable) throw error;
      problems.push({ problem: error.message, remedy: error.remedy, stops });
      return null;
    }
  };
}

const NO_CLOSED_STATUS = {
  problem: 'Redmine has no closed status.',
  remedy: 'Mark one as closed in the administration of Redmine, or set ALERTREE_AUTO_CLOSE=note.',
};

const NO_RESOLVED_STATUS: BackendProblem = {
  problem: 'No open status is named Resolved: people end a group only by closing its root.',
  remedy: 'Set REDMINE_RESOLVED_STATUS_ID to the status that people use for it.',
  stops: false,
};

function chooseTracker({ trackers, project }: Inventory, config: RedmineConfig): Tracker {
  if (config.tracker !== null) return theNamed(trackers, config.tracker, 'REDMINE_TRACKER_ID');
  // The order of the project's own list is by position, that of all trackers too; the first is Redmine's default.
  const [first] = trackers;
  if (first !== undefined) return first;
  throw configurationFailure(
    'forbidden',
    `The project ${project.identifier} has no tracker.`,
    'Enable the module "Issue tracking" and a tracker in the settings of the project.',
  );
}

interface StatusRule {
  readonly variable: string;
  readonly isClosed: boolean;
  readonly remedy: string;
}

const OPEN: StatusRule = {
  variable: 'REDMINE_OPEN_STATUS_ID',
  isClosed: false,
  remedy: 'Set it to a status that does not close an issue, or unset it.',
};
const CLOSE: StatusRule = {
  variable: 'REDMINE_CLOSE_STATUS_ID',
  isClosed: true,
  remedy: 'Set it to a closed status, or set ALERTREE_AUTO_CLOSE=note to leave closing to people.',
};
const RESOLVED: StatusRule = {
  variable: 'REDMINE_RESOLVED_STATUS_ID',
  isClosed: false,
  remedy: 'Set it to an open status, or unset it: that people close a root ends its group anyway.',
};

function chooseStatus({ statuses }: Inventory, written: string | null, rule: StatusRule): IssueStatus | null {
  if (written === null) return null;
  const status = theNamed(statuses, written, rule.variable);
  if (status.is_closed === rule.isClosed) return status;
  const is = status.is_closed ? 'a closed status' : 'an open status';
  throw configurationFailure('forbidden', `${rule.variable}=${written} is ${is} in Redmine.`, rule.remedy);
}

function chooseResolved(
  inventory: Inventory,
  config: RedmineConfig,
  problems: BackendProblem[],
): IssueStatus | null {
  if (config.resolvedStatus !== null) return chooseStatus(inventory, config.resolvedStatus, RESOLVED);
  const named = inventory.statuses.find((status) => !status.is_closed && isNamedResolved(status.name));
  if (named === undefined) problems.push(NO_RESOLVED_STATUS);
  return named ?? null;
}

function choosePriority({ priorities }: Inventory, config: RedmineConfig): Priority | null {
  return config.priority === null ? null : theNamed(priorities, config.priority, 'REDMINE_PRIORITY_ID');
}

async function chooseAssignee(
  call: RedmineCall,
  { project }: Inventory,
  config: RedmineConfig,
): Promise<Named | null> {
  if (config.assignedTo === null) return null;
  return theNamed(await membersOf(call, project), config.assignedTo, 'REDMINE_ASSIGNED_TO_ID');
}

/** The custom field that takes the key; null when none is configured. */
function chooseKeyField({ project }: Inventory, config: RedmineConfig): Named | null {
  if (config.keyField === null) return null;
  return theNamed(project.issue_custom_fields, config.keyField, 'REDMINE_KEY_FIELD_ID');
}

const STEPS: Readonly<Record<TicketPriority, number>> = { normal: 0, high: 1, urgent: 2 };

/**
 * The priority so many steps above the normal one, the highest where there are not so many. null: let Redmine take its
 * default.
 */
export function priorityOf(choices: Choices, priority: TicketPriority): Priority | null {
  if (priority === 'normal') return choices.priority;
  const { priorities } = choices.inventory;
  const normal = choices.priority?.id ?? priorities.find((one) => one.is_default)?.id;
  const position = Math.max(
    0,
    priorities.findIndex((one) => one.id === normal),
  );
  return priorities[Math.min(position + STEPS[priority], priorities.length - 1)] ?? null;
}

/** Whether one priority stands above another; false where one of them is not active any more. */
export function isAbove({ inventory }: Choices, one: number, other: number): boolean {
  const places = inventory.priorities.map((priority) => priority.id);
  return places.includes(other) && places.indexOf(one) > places.indexOf(other);
}
