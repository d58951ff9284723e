import { randomUUID } from 'node:crypto';
import type { TicketSnapshot } from '../../../src/application/ports/ticket-backend.js';
import type { Issue } from '../../../src/infrastructure/tickets/redmine/redmine-answers.js';
import { RedmineTicketBackend } from '../../../src/infrastructure/tickets/redmine/redmine-ticket-backend.js';
import { isNamedResolved } from '../../../src/infrastructure/tickets/redmine/resolved-names.js';
import type { InspectedTicket, TicketBackendHarness } from '../../contract/ticket-backend/harness.js';
import { redmineConfigIn } from '../../support/redmine-config-in.js';
import { forwardTo } from './forwarder.js';
import { AdminOfRedmine } from './admin-of-redmine.js';
import type { RedmineServer } from './servers.js';

/** A project of its own in the Redmine of the tests, with the bot as a member, seen by the administrator. */
export async function createRealHarness(
  redmine: RedmineServer,
  apiKey: string,
): Promise<TicketBackendHarness> {
  const admin = new AdminOfRedmine(redmine.url, redmine.adminKey);
  const identifier = await aProject(admin, redmine);
  const forwarder = await forwardTo(redmine.url);
  const statuses = await statusIds(admin);
  const config = redmineConfigIn({
    REDMINE_URL: forwarder.url,
    REDMINE_API_KEY: apiKey,
    REDMINE_PROJECT_ID: identifier,
  });
  const setIssue = (id: string, change: object) => admin.put(`/issues/${id}.json`, { issue: change });
  return {
    backend: new RedmineTicketBackend(config),
    inspect: (id) => inspect(admin, id),
    allIds: async () => (await allIssues(admin, identifier)).map((issue) => String(issue.id)),
    personOpens: async ({ description, parentId }) => {
      const issue = { project_id: identifier, subject: 'By hand', description, parent_issue_id: parentId };
      return String((await admin.post<{ issue: Issue }>('/issues.json', { issue })).issue.id);
    },
    personSets: (id, status) => setIssue(id, { status_id: statuses[status] }),
    personEdits: (id, description) => setIssue(id, { description }),
    personDeletes: (id) => admin.remove(`/issues/${id}.json`),
    letTimePass: () => nextSecond(admin, redmine.project),
    cutOff: () => forwarder.cutOff(),
    dispose: async () => {
      await forwarder.cutOff();
      await admin.remove(`/projects/${identifier}.json`);
    },
  };
}

interface Membership {
  readonly user?: { readonly id: number };
  readonly roles: readonly { readonly id: number }[];
}

async function aProject(admin: AdminOfRedmine, redmine: RedmineServer): Promise<string> {
  const identifier = `test-${randomUUID()}`;
  await admin.post('/projects.json', {
    project: { identifier, name: identifier, is_public: false, enabled_module_names: ['issue_tracking'] },
  });
  const bot = new AdminOfRedmine(redmine.url, redmine.botKey);
  const { user } = await bot.get<{ user: { id: number } }>('/users/current.json');
  const { memberships } = await admin.get<{ memberships: Membership[] }>(
    `/projects/${redmine.project}/memberships.json?limit=100`,
  );
  const roles = memberships.find((one) => one.user?.id === user.id)?.roles ?? [];
  await admin.post(`/projects/${identifier}/memberships.json`, {
    membership: { user_id: user.id, role_ids: roles.map((role) => role.id) },
  });
  return identifier;
}

/** Whatever language the default data is in. */
async function statusIds(admin: AdminOfRedmine): Promise<Readonly<Record<TicketSnapshot['status'], number>>> {
  const { issue_statuses: all } = await admin.get<{
    issue_statuses: { id: number; name: string; is_closed: boolean }[];
  }>('/issue_statuses.json');
  const open = all.find((status) => !status.is_closed);
  const resolved = all.find((status) => isNamedResolved(status.name));
  const closed = all.find((status) => status.is_closed);
  return { open: open?.id ?? 0, resolved: resolved?.id ?? 0, closed: closed?.id ?? 0 };
}

async function inspect(admin: AdminOfRedmine, id: string): Promise<InspectedTicket | null> {
  const issue = await admin.issueIfAny(id);
  if (issue === null) return null;
  const isResolved = isNamedResolved(issue.status.name);
  const status = issue.status.is_closed ? 'closed' : isResolved ? 'resolved' : 'open';
  return {
    subject: issue.subject,
    description: issue.description,
    status,
    parentId: issue.parent === undefined ? null : String(issue.parent.id),
    notes: issue.journals.map((journal) => journal.notes ?? '').filter((notes) => notes !== ''),
  };
}

async function allIssues(admin: AdminOfRedmine, project: string): Promise<readonly Issue[]> {
  const { issues } = await admin.get<{ issues: Issue[] }>(
    `/issues.json?project_id=${project}&status_id=*&sort=id&limit=100`,
  );
  return issues;
}

/** Redmine's clock counts seconds: an issue of the shared project is changed until the time of its change moves. */
async function nextSecond(admin: AdminOfRedmine, project: string): Promise<void> {
  const [clock = await anIssue(admin, project)] = await allIssues(admin, project);
  const now = async () => {
    await admin.put(`/issues/${clock.id}.json`, { issue: { subject: randomUUID() } });
    return (await admin.issue(String(clock.id))).updated_on;
  };
  const before = await now();
  while ((await now()) === before);
}

async function anIssue(admin: AdminOfRedmine, project: string): Promise<Issue> {
  const issue = { project_id: project, subject: 'What tests tell the time by' };
  return (await admin.post<{ issue: Issue }>('/issues.json', { issue })).issue;
}
