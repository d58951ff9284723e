import type { BackendProblem } from '../../../application/ports/ticket-backend.js';
import type { Inventory } from './redmine-inventory.js';

/** Any one of the permissions of a line is enough. */
const NEEDED = [
  { anyOf: ['view_issues'], name: 'View Issues' },
  { anyOf: ['add_issues'], name: 'Add issues' },
  { anyOf: ['edit_issues', 'edit_own_issues'], name: 'Edit issues' },
  { anyOf: ['add_issue_notes'], name: 'Add notes' },
  { anyOf: ['manage_subtasks'], name: 'Manage subtasks' },
] as const;

export type Right = (typeof NEEDED)[number]['name'];

export function mayDo({ permissions }: Inventory, right: Right): boolean {
  const needed = NEEDED.find((one) => one.name === right)?.anyOf ?? [];
  return permissions === null || needed.some((permission) => permissions.has(permission));
}

/** What the user of the key may not do, and should. */
export function missingRights(inventory: Inventory): readonly BackendProblem[] {
  const missing = NEEDED.filter(({ name }) => !mayDo(inventory, name)).map(({ name }) => `"${name}"`);
  if (missing.length === 0) return [];
  const { me, project } = inventory;
  return [
    {
      problem: `The user ${me.login} lacks rights in the project ${project.identifier}: ${missing.join(', ')}.`,
      remedy: 'Make it a member of the project, with a role that has these permissions.',
    },
  ];
}
