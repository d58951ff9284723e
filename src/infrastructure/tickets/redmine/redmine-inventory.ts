import { TicketBackendError } from '../../../application/ports/ticket-backend-error.js';
import {
  answer,
  type IssueStatus,
  type Named,
  type Priority,
  type Project,
  type Tracker,
  type User,
} from './redmine-answers.js';
import type { RedmineCall } from './redmine-client.js';
import type { RedmineConfig } from './redmine-config.js';
import { configurationFailure, wrongAddress } from './redmine-failure.js';
import { plainName } from './resolved-names.js';

/** What Redmine has, as the user of the key sees it, before the configuration chooses among it. */
export interface Inventory {
  readonly me: User;
  readonly project: Project;
  readonly statuses: readonly IssueStatus[];
  /** Those of the project, in the order in which Redmine prefers them. */
  readonly trackers: readonly Tracker[];
  /** The active ones, lowest first. */
  readonly priorities: readonly Priority[];
  /** Of the roles in the project; null for an administrator, who may do everything. */
  readonly permissions: ReadonlySet<string> | null;
}

const PAGE = 100;
/** The role that Redmine gives to whoever is no member; it is in no list, and always the first that was made. */
const NON_MEMBER_ROLE = 1;

/** Asks for everything once. The user comes first: with a wrong key the rest would be what anonymous may see. */
export async function takeInventory(call: RedmineCall, config: RedmineConfig): Promise<Inventory> {
  try {
    return await inventoryOf(call, config);
  } catch (error) {
    // Each of these is there in every Redmine.
    throw isNotFound(error) ? wrongAddress() : error;
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof TicketBackendError && error.reason === 'not-found';
}

async function inventoryOf(call: RedmineCall, config: RedmineConfig): Promise<Inventory> {
  const { user: me } = answer('user', await call.get('/users/current.json', { include: 'memberships' }));
  const project = await findProject(call, config.project);
  const [statuses, trackers, priorities, permissions] = await Promise.all([
    call.get('/issue_statuses.json').then((body) => answer('statuses', body).issue_statuses),
    call.get('/trackers.json').then((body) => answer('trackers', body).trackers),
    call
      .get('/enumerations/issue_priorities.json')
      .then((body) => answer('priorities', body).issue_priorities),
    permissionsIn(call, me, project),
  ]);
  const ofProject = new Set(project.trackers.map((tracker) => tracker.id));
  return {
    me,
    project,
    statuses,
    trackers: trackers.filter((tracker) => ofProject.has(tracker.id)),
    priorities: priorities.filter((priority) => priority.active),
    permissions,
  };
}

/** The user whom the key belongs to now. Throws `unauthorized` when it belongs to nobody. */
export async function whoAmI(call: RedmineCall): Promise<User> {
  try {
    return answer('user', await call.get('/users/current.json')).user;
  } catch (error) {
    throw isNotFound(error) ? wrongAddress() : error;
  }
}

async function findProject(call: RedmineCall, written: string): Promise<Project> {
  const found = (await projectAt(call, written)) ?? (await projectNamed(call, written));
  if (found !== null) return found;
  throw configurationFailure(
    'forbidden',
    `REDMINE_PROJECT_ID=${written} names no project that the user of REDMINE_API_KEY can see.`,
    'Set it to the id, identifier or name of an active project, and make the user a member of that project.',
  );
}

/** By id or identifier; null where there is none, and where the user may not see it. */
async function projectAt(call: RedmineCall, written: string): Promise<Project | null> {
  const path = `/projects/${encodeURIComponent(written)}.json`;
  const include = 'trackers,enabled_modules,issue_custom_fields';
  try {
    return answer('project', await call.get(path, { include })).project;
  } catch (error) {
    const isHidden = error instanceof TicketBackendError && error.reason === 'forbidden';
    if (isHidden || isNotFound(error)) return null;
    throw error;
  }
}

async function projectNamed(call: RedmineCall, written: string): Promise<Project | null> {
  for (let offset = 0; ; offset += PAGE) {
    const query = { limit: String(PAGE), offset: String(offset) };
    const { projects, total_count: total } = answer('projects', await call.get('/projects.json', query));
    const found = projects.find((project) => plainName(project.name) === plainName(written));
    if (found !== undefined) return projectAt(call, String(found.id));
    if (projects.length === 0 || offset + PAGE >= total) return null;
  }
}

async function permissionsIn(
  call: RedmineCall,
  me: User,
  project: Project,
): Promise<ReadonlySet<string> | null> {
  if (me.admin) return null;
  const membership = me.memberships.find((one) => one.project.id === project.id);
  const roles = membership?.roles.map((role) => role.id) ?? (project.is_public ? [NON_MEMBER_ROLE] : []);
  const answers = await Promise.all(
    roles.map(async (id) => answer('role', await call.get(`/roles/${id}.json`)).role.permissions),
  );
  return new Set(answers.flat());
}

/** Users and groups of the project, whom issues can be given to. */
export async function membersOf(call: RedmineCall, project: Project): Promise<readonly Named[]> {
  const members: Named[] = [];
  for (let offset = 0; ; offset += PAGE) {
    const path = `/projects/${project.id}/memberships.json`;
    const body = await call.get(path, { limit: String(PAGE), offset: String(offset) });
    const { memberships, total_count: total } = answer('memberships', body);
    members.push(...memberships.flatMap(({ user, group }) => user ?? group ?? []));
    if (memberships.length === 0 || offset + PAGE >= total) return members;
  }
}
