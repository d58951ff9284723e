import type { FakeIssue, FakeProject, FakeRedmineModel, FakeUser } from './model.js';
import { assign, text, type IssueParameters } from './assigning.js';
import { canEdit, may, rolesIn } from './rights.js';

export type WriteResult =
  | { readonly kind: 'done'; readonly issue: FakeIssue }
  | { readonly kind: 'invalid'; readonly errors: readonly string[] }
  /** A database that takes no U+0000. */
  | { readonly kind: 'crash' };

const PROJECT_BLANK = ['Project cannot be blank', 'Tracker cannot be blank', 'Status cannot be blank'];

/** Creates an issue by Redmine's rules: what is not allowed is mostly left out or replaced, and nobody is told. */
export function createIssue(model: FakeRedmineModel, user: FakeUser, given: IssueParameters): WriteResult {
  const project = projectOf(model, user, given['project_id']);
  const subject = text(given['subject']);
  if (project === null) {
    return {
      kind: 'invalid',
      errors: [...(subject === '' ? ['Subject cannot be blank'] : []), ...PROJECT_BLANK],
    };
  }
  const trackerIds = trackerIdsToAdd(model, user, project);
  const asked = Number(given['tracker_id']);
  const trackerId = trackerIds.includes(asked) ? asked : (trackerIds[0] ?? 0);
  const issue = blankIssue(model, user, project);
  issue.trackerId = trackerId;
  issue.statusId = model.trackers.find((one) => one.id === trackerId)?.defaultStatusId ?? 1;
  const errors = assign({ model, user, issue, given });
  if (errors.length > 0) return { kind: 'invalid', errors };
  if (hasNul(issue)) return { kind: 'crash' };
  const saved = { ...issue, id: model.nextId() };
  model.issues.set(saved.id, saved);
  afterChange(model, user, saved);
  return { kind: 'done', issue: saved };
}

/** Changes an issue; a note is stored whatever becomes of the rest, and without rights to edit it is all that is. */
export function updateIssue(
  model: FakeRedmineModel,
  user: FakeUser,
  issue: FakeIssue,
  given: IssueParameters,
): WriteResult {
  const changed = { ...issue, customValues: new Map(issue.customValues) };
  const errors = canEdit(model, user, issue) ? assign({ model, user, issue: changed, given }) : [];
  if (errors.length > 0) return { kind: 'invalid', errors };
  const project = model.project(issue.projectId);
  const notes =
    may(model, user, 'add_issue_notes', project) || canEdit(model, user, issue) ? text(given['notes']) : '';
  if (hasNul(changed) || notes.includes('\u0000')) return { kind: 'crash' };
  const differs = JSON.stringify(changed) !== JSON.stringify(issue) || !sameValues(changed, issue);
  if (notes !== '' || differs) {
    const statusId = changed.statusId === issue.statusId ? null : changed.statusId;
    changed.journals.push({ id: model.nextId(), userId: user.id, notes, statusId, createdOn: model.now });
    changed.updatedOn = model.now;
    model.issues.set(issue.id, changed);
    if (differs) afterChange(model, user, changed);
  }
  return { kind: 'done', issue: changed };
}

/** With everything below it. */
export function deleteIssue(model: FakeRedmineModel, issue: FakeIssue): void {
  for (const below of model.descendantsOf(issue.id)) model.issues.delete(below.id);
  model.issues.delete(issue.id);
}

function blankIssue(model: FakeRedmineModel, user: FakeUser, project: FakeProject): FakeIssue {
  return {
    id: 0,
    projectId: project.id,
    trackerId: 0,
    statusId: 0,
    priorityId: model.priorities.find((priority) => priority.isDefault)?.id ?? 0,
    authorId: user.id,
    assignedToId: null,
    parentId: null,
    subject: '',
    description: '',
    customValues: new Map(),
    journals: [],
    createdOn: model.now,
    updatedOn: model.now,
  };
}

/** A project where the user may add issues; anything else is as if none were given. */
function projectOf(model: FakeRedmineModel, user: FakeUser, given: unknown): FakeProject | null {
  const project = model.projects.find(
    (one) => String(one.id) === String(given) || one.identifier === String(given),
  );
  return project !== undefined && may(model, user, 'add_issues', project) ? project : null;
}

/** Those of the project that a role of the user may add issues of. */
function trackerIdsToAdd(model: FakeRedmineModel, user: FakeUser, project: FakeProject): readonly number[] {
  if (user.admin) return project.trackerIds;
  const roles = rolesIn(model, user, project).filter((role) => role.permissions.has('add_issues'));
  return project.trackerIds.filter((id) => roles.some((role) => role.addTrackerIds?.includes(id) ?? true));
}

function hasNul(issue: FakeIssue): boolean {
  return [issue.subject, issue.description, ...issue.customValues.values()].join('').includes('\u0000');
}

function sameValues(one: FakeIssue, other: FakeIssue): boolean {
  return JSON.stringify([...one.customValues]) === JSON.stringify([...other.customValues]);
}

/** A new child is noted in its parent; a parent has the highest priority of its open children. */
function afterChange(model: FakeRedmineModel, user: FakeUser, issue: FakeIssue): void {
  const parent = issue.parentId === null ? undefined : model.issues.get(issue.parentId);
  if (parent === undefined) return;
  const open = model.childrenOf(parent.id).filter((child) => !model.isClosed(child));
  const priorities = open.map((child) => child.priorityId);
  const normal = model.priorities.find((priority) => priority.isDefault)?.id ?? 0;
  model.issues.set(parent.id, {
    ...parent,
    priorityId: priorities.length === 0 ? normal : Math.max(...priorities),
    updatedOn: model.now,
  });
  parent.journals.push({
    id: model.nextId(),
    userId: user.id,
    notes: '',
    statusId: null,
    createdOn: model.now,
  });
}
