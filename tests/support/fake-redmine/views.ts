import type { FakeIssue, FakeProject, FakeRedmineModel, FakeUser } from './model.js';
import { allowedStatuses, rolesIn } from './rights.js';

/** Redmine shows whole seconds. */
export function timeOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** As in lists, in the answer to a create and, with what is asked for besides, on its own. */
export function issueView(
  model: FakeRedmineModel,
  user: FakeUser,
  issue: FakeIssue,
  include: readonly string[] = [],
): object {
  const project = model.project(issue.projectId);
  const author = model.users.find((one) => one.id === issue.authorId);
  const assignee = model.users.find((one) => one.id === issue.assignedToId);
  return {
    id: issue.id,
    project: { id: project.id, name: project.name },
    tracker: named(model.trackers, issue.trackerId),
    status: statusView(model, issue.statusId),
    priority: named(model.priorities, issue.priorityId),
    author: { id: issue.authorId, name: author?.name ?? 'Anonymous' },
    ...(assignee !== undefined && { assigned_to: { id: assignee.id, name: assignee.name } }),
    ...(issue.parentId !== null && { parent: { id: issue.parentId } }),
    subject: issue.subject,
    description: issue.description,
    ...(fieldIdsOf(model, issue).length > 0 && { custom_fields: customFields(model, issue) }),
    created_on: timeOf(issue.createdOn),
    updated_on: timeOf(issue.updatedOn),
    ...includes(model, user, issue, include),
  };
}

function includes(
  model: FakeRedmineModel,
  user: FakeUser,
  issue: FakeIssue,
  include: readonly string[],
): object {
  const relations = model.relations.filter(({ from, to }) => [from, to].includes(issue.id));
  return {
    ...(include.includes('journals') && {
      journals: issue.journals.map(({ id, notes, userId, statusId, createdOn }) => ({
        id,
        notes,
        user: { id: userId },
        created_on: timeOf(createdOn),
        details:
          statusId === null ? [] : [{ property: 'attr', name: 'status_id', new_value: String(statusId) }],
      })),
    }),
    ...(include.includes('relations') && {
      relations: relations.map(({ type, from, to }) => ({
        relation_type: type,
        issue_id: from,
        issue_to_id: to,
      })),
    }),
    ...(include.includes('allowed_statuses') && {
      allowed_statuses: allowedStatuses(model, user, issue).map(({ id }) => statusView(model, id)),
    }),
  };
}

export function statusView(model: FakeRedmineModel, id: number): object {
  const { name, isClosed } = model.status(id);
  return { id, name, is_closed: isClosed };
}

export function projectView(
  model: FakeRedmineModel,
  project: FakeProject,
  include: readonly string[],
): object {
  const { id, identifier, name, status, isPublic } = project;
  return {
    id,
    identifier,
    name,
    status,
    is_public: isPublic,
    ...(include.includes('trackers') && {
      trackers: shownTrackerIds(project).map((one) => named(model.trackers, one)),
    }),
    ...(include.includes('enabled_modules') && {
      enabled_modules: project.modules.map((module, index) => ({ id: index + 1, name: module })),
    }),
    ...(include.includes('issue_custom_fields') && {
      issue_custom_fields: project.fieldIds.map((one) => named(model.fields, one)),
    }),
  };
}

/** A project without the module shows none. */
function shownTrackerIds({ modules, trackerIds }: FakeProject): readonly number[] {
  return modules.includes('issue_tracking') ? trackerIds : [];
}

export function userView(model: FakeRedmineModel, user: FakeUser, include: readonly string[]): object {
  const memberships = model.projects
    .filter((project) => project.members.has(user.id))
    .map((project) => ({
      project: { id: project.id, name: project.name },
      roles: rolesIn(model, user, project).map(({ id, name }) => ({ id, name })),
    }));
  const { id, login, admin, apiKey, lastLoginOn } = user;
  const lastLogin = { last_login_on: lastLoginOn === undefined ? null : timeOf(lastLoginOn) };
  return {
    id,
    login,
    admin,
    ...lastLogin,
    api_key: apiKey,
    ...(include.includes('memberships') && { memberships }),
  };
}

/** The custom fields of the issue's project that its tracker uses. */
export function fieldIdsOf(model: FakeRedmineModel, issue: FakeIssue): readonly number[] {
  const used = model.fields.filter(({ trackerIds }) => trackerIds?.includes(issue.trackerId) ?? true);
  const ids = used.map((field) => field.id);
  return model.project(issue.projectId).fieldIds.filter((id) => ids.includes(id));
}

function customFields(model: FakeRedmineModel, issue: FakeIssue): readonly object[] {
  return fieldIdsOf(model, issue).map((id) => ({
    ...named(model.fields, id),
    value: issue.customValues.get(id) ?? '',
  }));
}

function named(all: readonly { readonly id: number; readonly name: string }[], id: number): object {
  return { id, name: all.find((one) => one.id === id)?.name ?? '' };
}
