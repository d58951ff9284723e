import { TicketBackendError } from '../../../application/ports/ticket-backend-error.js';
import type { TicketPriority } from '../../../application/ports/ticket-backend.js';
import type { IssueStatus, Named, Priority, Tracker } from './redmine-answers.js';
import type { RedmineConfig } from './redmine-config.js';
import { keyFieldOf, membersOf, takeInventory, type Inventory } from './redmine-inventory.js';
import type { RedmineCall } from './redmine-client.js';
import { configurationFailure } from './redmine-failure.js';
import { theNamed } from './redmine-names.js';
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

export async function choose(call: RedmineCall, config: RedmineConfig): Promise<Choices> {
  const inventory = await takeInventory(call, config);
  return {
    inventory,
    tracker: chooseTracker(inventory, config),
    openStatus: chooseStatus(inventory, config.openStatus, OPEN),
    closeStatus: chooseStatus(inventory, config.closeStatus, CLOSE),
    resolvedStatus: chooseResolved(inventory, config),
    priority: choosePriority(inventory, config),
    // A person who left must not keep tickets from being opened; the probe tells.
    assignedTo: await chooseAssignee(call, inventory, config).catch(nobodyIfUnknown),
    keyField: keyFieldOf(inventory, config),
  };
}

export function chooseTracker({ trackers, project }: Inventory, config: RedmineConfig): Tracker {
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

export const OPEN: StatusRule = {
  variable: 'REDMINE_OPEN_STATUS_ID',
  isClosed: false,
  remedy: 'Set it to a status that does not close an issue, or unset it.',
};
export const CLOSE: StatusRule = {
  variable: 'REDMINE_CLOSE_STATUS_ID',
  isClosed: true,
  remedy: 'Set it to a closed status, or set ALERTREE_AUTO_CLOSE=note to leave closing to people.',
};
const RESOLVED: StatusRule = {
  variable: 'REDMINE_RESOLVED_STATUS_ID',
  isClosed: false,
  remedy: 'Set it to an open status, or unset it: that people close a root ends its group anyway.',
};

export function chooseStatus(
  { statuses }: Inventory,
  written: string | null,
  rule: StatusRule,
): IssueStatus | null {
  if (written === null) return null;
  const status = theNamed(statuses, written, rule.variable);
  if (status.is_closed === rule.isClosed) return status;
  const is = status.is_closed ? 'a closed status' : 'an open status';
  throw configurationFailure('rejected', `${rule.variable}=${written} is ${is} in Redmine.`, rule.remedy);
}

export function chooseResolved(inventory: Inventory, config: RedmineConfig): IssueStatus | null {
  if (config.resolvedStatus !== null) return chooseStatus(inventory, config.resolvedStatus, RESOLVED);
  return inventory.statuses.find((status) => !status.is_closed && isNamedResolved(status.name)) ?? null;
}

export function choosePriority({ priorities }: Inventory, config: RedmineConfig): Priority | null {
  return config.priority === null ? null : theNamed(priorities, config.priority, 'REDMINE_PRIORITY_ID');
}

export async function chooseAssignee(
  call: RedmineCall,
  { project }: Inventory,
  config: RedmineConfig,
): Promise<Named | null> {
  if (config.assignedTo === null) return null;
  return theNamed(await membersOf(call, project), config.assignedTo, 'REDMINE_ASSIGNED_TO_ID');
}

function nobodyIfUnknown(error: unknown): null {
  if (error instanceof TicketBackendError && ['rejected', 'forbidden'].includes(error.reason)) return null;
  throw error;
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
