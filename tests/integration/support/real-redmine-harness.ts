import { randomUUID } from 'node:crypto';
import type { TicketBackend, TicketSnapshot } from '../../../src/application/ports/ticket-backend.js';
import type { Issue } from '../../../src/infrastructure/tickets/redmine/redmine-answers.js';
import { RedmineTicketBackend } from '../../../src/infrastructure/tickets/redmine/redmine-ticket-backend.js';
import { isNamedResolved } from '../../../src/infrastructure/tickets/redmine/resolved-names.js';
import type { InspectedTicket, TicketBackendHarness } from '../../contract/ticket-backend/harness.js';
import { redmineConfigIn } from '../../support/redmine-config-in.js';
import { forwardTo } from './forwarder.js';
import { AdminOfRedmine } from './admin-of-redmine.js';
import { eventually } from './eventually.js';
import type { RedmineServer } from './servers.js';

/** The adapter on the project of a Redmine of the tests, with what else is configured. */
export function redmineBackend(
  redmine: Pick<RedmineServer, 'url' | 'project'>,
  apiKey: string,
  variables: Readonly<Record<string, string>> = {},
): TicketBackend {
  const config = redmineConfigIn({
    REDMINE_URL: redmine.url,
    REDMINE_API_KEY: apiKey,
    REDMINE_PROJECT_ID: redmine.project,
    ...variables,
  });
  return new RedmineTicketBackend(config);
}

/** The project of a Redmine of the tests, seen by the administrator. It is emptied when the harness is disposed of. */
export async function createRealHarness(
  redmine: RedmineServer,
  apiKey: string,
): Promise<TicketBackendHarness> {
  const admin = new AdminOfRedmine(redmine.url, redmine.adminKey);
  const forwarder = await forwardTo(redmine.url);
  const person = new AdminOfRedmine(redmine.url, redmine.humanKey);
  const statuses = await statusIds(admin);
  const setIssue = (id: string, change: object) => admin.put(`/issues/${id}.json`, { issue: change });
  return {
    backend: redmineBackend({ ...redmine, url: forwarder.url }, apiKey),
    keepsStatusOfNotes: true,
    inspect: (id) => inspect(admin, id),
    allIds: async () => (await allIssues(admin, redmine.project)).map((issue) => String(issue.id)),
    personOpens: async ({ description, parentId }) => {
      const issue = {
        project_id: redmine.project,
        subject: 'By hand',
        description,
        parent_issue_id: parentId,
      };
      return String((await person.post<{ issue: Issue }>('/issues.json', { issue })).issue.id);
    },
    personSets: (id, status) => setIssue(id, { status_id: statuses[status] }),
    personEdits: (id, description) => setIssue(id, { description }),
    personDeletes: (id) => admin.remove(`/issues/${id}.json`),
    letTimePass: () => nextSecond(admin, redmine.project),
    cutOff: () => forwarder.cutOff(),
    dispose: async () => {
      await forwarder.cutOff();
      await redmine.reset();
    },
  };
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

/** Redmine's clock counts seconds: the project is changed until the time of its change moves. */
async function nextSecond(admin: AdminOfRedmine, project: string): Promise<void> {
  const now = async () => {
    await admin.put(`/projects/${project}.json`, { project: { description: randomUUID() } });
    const changed = await admin.get<{ project: { updated_on: string } }>(`/projects/${project}.json`);
    return changed.project.updated_on;
  };
  const before = await now();
  await eventually(now, (time) => time !== before, 10);
}
