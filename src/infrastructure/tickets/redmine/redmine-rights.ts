import type { BackendProblem } from '../../../application/ports/ticket-backend.js';
import type { Tracker } from './redmine-answers.js';
import type { Inventory } from './redmine-inventory.js';

/** Of projects: 5 is closed, 9 archived. */
const ACTIVE = 1;

/** Any one of the permissions of a line is enough. */
const NEEDED = [
  { anyOf: ['view_issues'], name: 'View Issues' },
  { anyOf: ['add_issues'], name: 'Add issues' },
  { anyOf: ['edit_issues', 'edit_own_issues'], name: 'Edit issues' },
  { anyOf: ['add_issue_notes'], name: 'Add notes' },
  { anyOf: ['manage_subtasks'], name: 'Manage subtasks' },
] as const;

/** What the user of the key may not do, and should. */
export function missingRights({ me, project, permissions }: Inventory): readonly BackendProblem[] {
  if (permissions === null) return [];
  const missing = NEEDED.filter(({ anyOf }) => !anyOf.some((permission) => permissions.has(permission)));
  if (missing.length === 0) return [];
  const names = missing.map(({ name }) => `"${name}"`).join(', ');
  return [
    {
      problem: `The user ${me.login} lacks rights in the project ${project.identifier}: ${names}.`,
      remedy: 'Make it a member of the project, with a role that has these permissions.',
      stops: true,
    },
  ];
}

/** Why nobody can make issues there. */
export function projectProblems({ project }: Inventory): readonly BackendProblem[] {
  const problems: BackendProblem[] = [];
  if (project.status !== ACTIVE) {
    problems.push({
      problem: `The project ${project.identifier} is closed or archived.`,
      remedy: 'Reopen it in Redmine, or set REDMINE_PROJECT_ID to another.',
      stops: true,
    });
  }
  if (!project.enabled_modules.some((module) => module.name === 'issue_tracking')) {
    problems.push({
      problem: `The project ${project.identifier} has no issues.`,
      remedy: 'Enable the module "Issue tracking" in the settings of the project.',
      stops: true,
    });
  }
  return problems;
}

/** Redmine drops what a disabled field was to hold, and says nothing. */
const FIELDS_NEEDED = ['parent_issue_id', 'description'];

export function fieldProblems({
  name,
  enabled_standard_fields: enabled,
}: Tracker): readonly BackendProblem[] {
  if (enabled === undefined) return [];
  return FIELDS_NEEDED.filter((field) => !enabled.includes(field)).map((field) => ({
    problem: `The tracker ${name} has the field ${field} disabled.`,
    remedy: 'Enable it in the administration of Redmine, or set REDMINE_TRACKER_ID to another tracker.',
    stops: true,
  }));
}
