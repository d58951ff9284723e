import {
  ANONYMOUS,
  type FakeIssue,
  type FakeProject,
  type FakeRedmineModel,
  type FakeRole,
  type FakeStatus,
  type FakeUser,
} from './model.js';

const ARCHIVED = 9;
const CLOSED = 5;
const NON_MEMBER = 1;
const ANONYMOUS_ROLE = 2;
/** What is left in a closed project. */
const READING = new Set(['view_issues']);

export function rolesIn(model: FakeRedmineModel, user: FakeUser, project: FakeProject): readonly FakeRole[] {
  const ids = project.members.get(user.id) ?? (project.isPublic ? [builtInRole(user)] : []);
  return model.roles.filter((role) => ids.includes(role.id));
}

function builtInRole(user: FakeUser): number {
  return user === ANONYMOUS ? ANONYMOUS_ROLE : NON_MEMBER;
}

export function may(
  model: FakeRedmineModel,
  user: FakeUser,
  permission: string,
  project: FakeProject,
): boolean {
  if (project.status === ARCHIVED || !project.modules.includes('issue_tracking')) return false;
  if (project.status === CLOSED && !READING.has(permission)) return false;
  return user.admin || rolesIn(model, user, project).some((role) => role.permissions.has(permission));
}

export function canSee(model: FakeRedmineModel, user: FakeUser, issue: FakeIssue): boolean {
  return may(model, user, 'view_issues', model.project(issue.projectId));
}

export function canEdit(model: FakeRedmineModel, user: FakeUser, issue: FakeIssue): boolean {
  const project = model.project(issue.projectId);
  const isOwn = issue.authorId === user.id;
  return may(model, user, 'edit_issues', project) || (isOwn && may(model, user, 'edit_own_issues', project));
}

/**
 * Statuses that the user may give to the issue now. Where an issue below is open or another one blocks it, the closed
 * ones are left out; below a closed parent the open ones are.
 */
export function allowedStatuses(
  model: FakeRedmineModel,
  user: FakeUser,
  issue: FakeIssue,
): readonly FakeStatus[] {
  const roles = user.admin ? model.roles : rolesIn(model, user, model.project(issue.projectId));
  const byWorkflow = model.statuses.filter((status) =>
    roles.some((role) => role.workflow.get(issue.statusId)?.includes(status.id) ?? true),
  );
  const all = model.statuses.filter((status) => status.id === issue.statusId || byWorkflow.includes(status));
  if (!isClosable(model, issue)) return all.filter((status) => !status.isClosed);
  return isReopenable(model, issue) ? all : all.filter((status) => status.isClosed);
}

function isClosable(model: FakeRedmineModel, issue: FakeIssue): boolean {
  const blockers = model.relations.filter(({ type, to }) => type === 'blocks' && to === issue.id);
  const isBlocked = blockers.some(({ from }) => {
    const blocker = model.issues.get(from);
    return blocker !== undefined && !model.isClosed(blocker);
  });
  return !isBlocked && model.descendantsOf(issue.id).every((below) => model.isClosed(below));
}

function isReopenable(model: FakeRedmineModel, issue: FakeIssue): boolean {
  const parent = issue.parentId === null ? undefined : model.issues.get(issue.parentId);
  return parent === undefined || (!model.isClosed(parent) && isReopenable(model, parent));
}
