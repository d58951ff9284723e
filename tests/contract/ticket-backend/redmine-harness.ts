import type { TicketBackend, TicketSnapshot } from '../../../src/application/ports/ticket-backend.js';
import { RedmineTicketBackend } from '../../../src/infrastructure/tickets/redmine/redmine-ticket-backend.js';
import { FakeRedmine } from '../../support/fake-redmine/fake-redmine.js';
import { deleteIssue, updateIssue, createIssue } from '../../support/fake-redmine/writing.js';
import type { FakeIssue, FakeUser } from '../../support/fake-redmine/model.js';
import { redmineConfigIn } from '../../support/redmine-config-in.js';
import type { InspectedTicket, TicketBackendHarness } from './harness.js';

export interface RedmineHarness extends TicketBackendHarness {
  readonly fake: FakeRedmine;
  /** A backend on the same server, with other settings. */
  backendWith(variables: Readonly<Record<string, string>>): TicketBackend;
}

const STATUS_IDS = { open: 1, resolved: 3, closed: 5 } as const;

/** The adapter on a fake Redmine, with the key of the user of this login. */
export async function createRedmineHarness(
  login: 'admin' | 'alertree' = 'alertree',
): Promise<RedmineHarness> {
  const fake = await FakeRedmine.start();
  const person = userOf(fake, 'operator');
  const backendWith = (variables: Readonly<Record<string, string>>): TicketBackend => {
    const config = redmineConfigIn({
      REDMINE_URL: fake.url,
      REDMINE_API_KEY: userOf(fake, login).apiKey,
      REDMINE_PROJECT_ID: 'alerts',
      ...variables,
    });
    return new RedmineTicketBackend(config);
  };
  const change = async (id: string, given: Readonly<Record<string, unknown>>) => {
    updateIssue(fake.model, person, issueOf(fake, id), given);
  };
  return {
    fake,
    backendWith,
    backend: backendWith({}),
    keepsStatusOfNotes: true,
    inspect: async (id) => inspect(fake, id),
    allIds: async () => [...fake.model.issues.keys()].map(String),
    personOpens: async ({ description, parentId }) => {
      const given = { project_id: 1, subject: 'By hand', description, parent_issue_id: parentId };
      const result = createIssue(fake.model, person, given);
      if (result.kind !== 'done') throw new Error(`a person could not do it: ${JSON.stringify(result)}`);
      return String(result.issue.id);
    },
    personSets: (id, status) => change(id, { status_id: STATUS_IDS[status] }),
    personEdits: (id, description) => change(id, { description }),
    personDeletes: async (id) => deleteIssue(fake.model, issueOf(fake, id)),
    letTimePass: async () => fake.advance(1),
    cutOff: () => fake.stop(),
    dispose: () => fake.stop(),
  };
}

export function userOf(fake: FakeRedmine, login: string): FakeUser {
  const user = fake.model.users.find((one) => one.login === login);
  if (user === undefined) throw new Error(`there is no ${login}`);
  return user;
}

function issueOf(fake: FakeRedmine, id: string): FakeIssue {
  const issue = fake.model.issues.get(Number(id));
  if (issue === undefined) throw new Error(`there is no issue ${id}`);
  return issue;
}

function inspect(fake: FakeRedmine, id: string): InspectedTicket | null {
  const issue = fake.model.issues.get(Number(id));
  if (issue === undefined) return null;
  const { subject, description, parentId, journals } = issue;
  return {
    subject,
    description,
    notes: journals.map((journal) => journal.notes).filter((notes) => notes !== ''),
    status: statusOf(fake, issue),
    parentId: parentId === null ? null : String(parentId),
  };
}

function statusOf(fake: FakeRedmine, issue: FakeIssue): TicketSnapshot['status'] {
  if (fake.model.isClosed(issue)) return 'closed';
  return issue.statusId === STATUS_IDS.resolved ? 'resolved' : 'open';
}
