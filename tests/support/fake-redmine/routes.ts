import type { FakeRequest } from './fault.js';
import {
  ANONYMOUS,
  type FakeIssue,
  type FakeProject,
  type FakeRedmineModel,
  type FakeUser,
} from './model.js';
import { queryIssues } from './querying.js';
import { canEdit, canSee, may } from './rights.js';
import { issueView, projectView, statusView, userView } from './views.js';
import { createIssue, deleteIssue, updateIssue, type WriteResult } from './writing.js';

export interface FakeAnswer {
  readonly status: number;
  /** null: an empty body. */
  readonly body: unknown;
}

interface Asked {
  readonly model: FakeRedmineModel;
  readonly user: FakeUser;
  readonly request: FakeRequest;
  readonly include: readonly string[];
  /** What stands in the place of `:id`. */
  readonly id: string;
}

type Route = (asked: Asked) => FakeAnswer;

const ROUTES: readonly (readonly [method: string, path: RegExp, route: Route])[] = [
  ['GET', /^\/users\/current\.json$/, currentUser],
  ['GET', /^\/projects\.json$/, projects],
  ['GET', /^\/projects\/([^/]+)\/memberships\.json$/, memberships],
  ['GET', /^\/projects\/([^/]+)\.json$/, project],
  ['GET', /^\/roles\/(\d+)\.json$/, role],
  [
    'GET',
    /^\/issue_statuses\.json$/,
    ({ model }) => ok({ issue_statuses: model.statuses.map(({ id }) => statusView(model, id)) }),
  ],
  ['GET', /^\/trackers\.json$/, trackers],
  ['GET', /^\/enumerations\/issue_priorities\.json$/, priorities],
  ['GET', /^\/issues\.json$/, issues],
  ['POST', /^\/issues\.json$/, create],
  [
    'GET',
    /^\/issues\/(\d+)\.json$/,
    withIssue(({ model, user, include }, issue) => ok({ issue: issueView(model, user, issue, include) })),
  ],
  ['PUT', /^\/issues\/(\d+)\.json$/, withIssue(update)],
  ['DELETE', /^\/issues\/(\d+)\.json$/, withIssue(remove)],
];

/** What Redmine's REST API answers. With a key that it does not know a request is anonymous's, and not refused for it. */
export function answerTo(model: FakeRedmineModel, request: FakeRequest): FakeAnswer {
  const key = request.headers['x-redmine-api-key'];
  const user = model.restEnabled ? model.userOf(typeof key === 'string' ? key : undefined) : ANONYMOUS;
  const include = (request.query.get('include') ?? '').split(',');
  for (const [method, path, route] of ROUTES) {
    const match = method === request.method ? path.exec(request.path) : null;
    if (match !== null) {
      return route({ model, user, request, include, id: decodeURIComponent(match[1] ?? '') });
    }
  }
  return empty(404);
}

function ok(body: unknown): FakeAnswer {
  return { status: 200, body };
}

function empty(status: number): FakeAnswer {
  return { status, body: null };
}

/** Who is nobody is asked for a key; where no key can help it is refused at once. */
function denied({ model, user }: Asked): FakeAnswer {
  return empty(user === ANONYMOUS && model.restEnabled ? 401 : 403);
}

function currentUser(asked: Asked): FakeAnswer {
  const { model, user, include } = asked;
  return user === ANONYMOUS ? denied(asked) : ok({ user: userView(model, user, include) });
}

function projects({ model, user, request }: Asked): FakeAnswer {
  const seen = model.projects.filter((one) => may(model, user, 'view_issues', one));
  const offset = Number(request.query.get('offset') ?? '0');
  const limit = Math.min(Number(request.query.get('limit') ?? '25'), 100);
  const page = seen.slice(offset, offset + limit).map((one) => projectView(model, one, []));
  return ok({ projects: page, total_count: seen.length, offset, limit });
}

function findProject({ model, id }: Asked): FakeProject | undefined {
  return model.projects.find((one) => String(one.id) === id || one.identifier === id);
}

function project(asked: Asked): FakeAnswer {
  const { model, user, include } = asked;
  const found = findProject(asked);
  if (found === undefined) return empty(404);
  const isSeen = found.status !== 9 && (user.admin || found.isPublic || found.members.has(user.id));
  return isSeen ? ok({ project: projectView(model, found, include) }) : denied(asked);
}

function memberships(asked: Asked): FakeAnswer {
  const found = findProject(asked);
  if (found === undefined) return empty(404);
  if (!may(asked.model, asked.user, 'view_issues', found)) return denied(asked);
  const users = asked.model.users.filter(({ id }) => found.members.has(id));
  const views = users.map(({ id, name }) => ({ user: { id, name }, roles: [] }));
  return ok({ memberships: views, total_count: views.length, offset: 0, limit: 100 });
}

function role({ model, id }: Asked): FakeAnswer {
  const found = model.roles.find((one) => String(one.id) === id);
  if (found === undefined) return empty(404);
  return ok({ role: { id: found.id, name: found.name, permissions: [...found.permissions] } });
}

function trackers({ model }: Asked): FakeAnswer {
  const views = model.trackers.map(({ id, name, defaultStatusId, enabledFields }) => {
    return {
      id,
      name,
      default_status: statusView(model, defaultStatusId),
      enabled_standard_fields: enabledFields,
    };
  });
  return ok({ trackers: views });
}

function priorities({ model }: Asked): FakeAnswer {
  const views = model.priorities.map(({ id, name, isDefault, active }) => ({
    id,
    name,
    is_default: isDefault,
    active,
  }));
  return ok({ issue_priorities: views });
}

function issues(asked: Asked): FakeAnswer {
  const { model, user, request } = asked;
  const id = request.query.get('project_id');
  const within = id === null ? null : findProject({ ...asked, id });
  if (within === undefined) return empty(404);
  if (within !== null && !may(model, user, 'view_issues', within)) return denied(asked);
  const page = queryIssues(model, user, request.query);
  const { total, offset, limit } = page;
  const views = page.issues.map((issue) => issueView(model, user, issue));
  return ok({ issues: views, total_count: total, offset, limit });
}

function create(asked: Asked): FakeAnswer {
  const { model, user, request } = asked;
  if (user === ANONYMOUS) return denied(asked);
  const given = parametersOf(request);
  if (given === null) return empty(400);
  const result = createIssue(model, user, given);
  return result.kind === 'done'
    ? { status: 201, body: { issue: issueView(model, user, result.issue) } }
    : refusal(result);
}

function update(asked: Asked, issue: FakeIssue): FakeAnswer {
  const { model, user, request } = asked;
  const mayNote = may(model, user, 'add_issue_notes', model.project(issue.projectId));
  if (!canEdit(model, user, issue) && !mayNote) return denied(asked);
  const given = parametersOf(request);
  if (given === null) return empty(400);
  const result = updateIssue(model, user, issue, given);
  return result.kind === 'done' ? empty(204) : refusal(result);
}

function remove(asked: Asked, issue: FakeIssue): FakeAnswer {
  if (!may(asked.model, asked.user, 'delete_issues', asked.model.project(issue.projectId)))
    return denied(asked);
  deleteIssue(asked.model, issue);
  return empty(204);
}

function refusal(result: Exclude<WriteResult, { kind: 'done' }>): FakeAnswer {
  if (result.kind === 'crash') return { status: 500, body: { status: 500, error: 'Internal Server Error' } };
  return { status: 422, body: { errors: result.errors } };
}

function withIssue(work: (asked: Asked, issue: FakeIssue) => FakeAnswer): Route {
  return (asked) => {
    const issue = asked.model.issues.get(Number(asked.id));
    if (issue === undefined) return empty(404);
    return canSee(asked.model, asked.user, issue) ? work(asked, issue) : denied(asked);
  };
}

/** null: broken JSON. Without its content type a body is not read at all. */
function parametersOf({ headers, body }: FakeRequest): Readonly<Record<string, unknown>> | null {
  if (!String(headers['content-type'] ?? '').startsWith('application/json')) return {};
  try {
    const parsed = JSON.parse(body) as { readonly issue?: Readonly<Record<string, unknown>> };
    return parsed.issue ?? {};
  } catch {
    return null;
  }
}
