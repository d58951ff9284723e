import { fieldIdsOf } from './views.js';
import type { FakeIssue, FakeRedmineModel, FakeTracker, FakeUser } from './model.js';
import { allowedStatuses, canSee, may, rolesIn } from './rights.js';

/** The parameters of `issue`, as a client sent them. */
export type IssueParameters = Readonly<Record<string, unknown>>;

export interface Assignment {
  readonly model: FakeRedmineModel;
  readonly user: FakeUser;
  /** Is changed. */
  readonly issue: FakeIssue;
  readonly given: IssueParameters;
}

type Rule = (assignment: Assignment, tracker: FakeTracker) => string | null;

/** Gives the issue what its user may give it, leaves out the rest in silence, and answers what is invalid. */
export function assign(assignment: Assignment): readonly string[] {
  const { model, issue } = assignment;
  const tracker = model.trackers.find((one) => one.id === issue.trackerId);
  if (tracker === undefined) return ['Tracker cannot be blank'];
  const rules: readonly Rule[] = [subject, description, status, priority, assignee, parent, customValues];
  return rules.map((rule) => rule(assignment, tracker)).filter((error) => error !== null);
}

function subject({ issue, given }: Assignment): string | null {
  if ('subject' in given) issue.subject = text(given['subject']);
  if (issue.subject.trim() === '') return 'Subject cannot be blank';
  return Array.from(issue.subject).length > 255 ? 'Subject is too long (maximum is 255 characters)' : null;
}

/** Every line end is stored as CRLF. */
function description({ issue, given }: Assignment, tracker: FakeTracker): null {
  if ('description' in given && tracker.enabledFields.includes('description')) {
    issue.description = text(given['description']).replaceAll(/\r\n|\r|\n/g, '\r\n');
  }
  return null;
}

/** A status that is not allowed is left out; none that closes is allowed for what is yet to be made. */
function status({ model, user, issue, given }: Assignment): null {
  const wanted = allowedStatuses(model, user, issue).find(
    (one) => String(one.id) === text(given['status_id']),
  );
  if (wanted !== undefined && (issue.id !== 0 || !wanted.isClosed)) issue.statusId = wanted.id;
  return null;
}

/** Of a parent the priority is that of its children, and setting it is left out. */
function priority({ model, issue, given }: Assignment, tracker: FakeTracker): string | null {
  if (!('priority_id' in given) || !tracker.enabledFields.includes('priority_id')) return null;
  if (issue.id !== 0 && model.childrenOf(issue.id).length > 0) return null;
  const wanted = model.priorities.find((one) => String(one.id) === text(given['priority_id']));
  if (wanted === undefined) return 'Priority cannot be blank';
  issue.priorityId = wanted.id;
  return null;
}

function assignee({ model, issue, given }: Assignment): string | null {
  if (!('assigned_to_id' in given)) return null;
  const wanted = model.users.find((user) => String(user.id) === text(given['assigned_to_id']));
  const project = model.project(issue.projectId);
  const roles = wanted !== undefined && project.members.has(wanted.id) ? rolesIn(model, wanted, project) : [];
  const isAssignable = roles.some((role) => role.assignable ?? true);
  if (wanted === undefined || !isAssignable || wanted.locked) return 'Assignee is invalid';
  issue.assignedToId = wanted.id;
  return null;
}

function parent({ model, user, issue, given }: Assignment, tracker: FakeTracker): string | null {
  const wanted = text(given['parent_issue_id']);
  const isAllowed = may(model, user, 'manage_subtasks', model.project(issue.projectId));
  if (wanted === '' || !isAllowed || !tracker.enabledFields.includes('parent_issue_id')) return null;
  const found = model.issues.get(/^\d+$/.test(wanted) ? Number(wanted) : 0);
  const isValid = found !== undefined && found.projectId === issue.projectId && canSee(model, user, found);
  if (!isValid) return 'Parent task is invalid';
  if (model.isClosed(found) && !model.isClosed(issue)) {
    return 'An open issue cannot be attached to a closed parent task';
  }
  issue.parentId = found.id;
  return null;
}

/** A field that the tracker does not use takes nothing, and is not shown. */
function customValues({ model, issue, given }: Assignment): null {
  const values: unknown = given['custom_fields'];
  const fields = fieldIdsOf(model, issue);
  if (!Array.isArray(values)) return null;
  for (const { id, value } of values as { readonly id: number; readonly value: unknown }[]) {
    if (fields.includes(id)) issue.customValues.set(id, text(value));
  }
  return null;
}

/** As Redmine takes a parameter that is to be a text. */
export function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
