import type { TicketBackend } from '../../../src/application/ports/ticket-backend.js';
import type { RedmineConfig } from '../../../src/infrastructure/tickets/redmine/redmine-config.js';
import { RedmineTicketBackend } from '../../../src/infrastructure/tickets/redmine/redmine-ticket-backend.js';
import { FakeRedmineModel, type FakeIssue, type FakeUser } from '../../support/fake-redmine/model.js';
import { createIssue, deleteIssue, updateIssue } from '../../support/fake-redmine/writing.js';
import { redmineConfigIn } from '../../support/redmine-config-in.js';
import { RedmineInProcess } from './redmine-transport.js';
import { keyLineOf, type PersonAct, type Tracker, type TrackerTicket, type TrackerWorld } from './tracker.js';

const STATUS = { open: 2, resolved: 3, closed: 5 } as const;

/** The real adapter before a model of Redmine in the same process. */
export class RedmineTracker implements Tracker {
  readonly opened = new Set<string>();
  private readonly model = new FakeRedmineModel();
  private readonly transport: RedmineInProcess;
  private readonly person = userOf(this.model, 'operator');
  private readonly config: RedmineConfig;

  constructor(private readonly world: TrackerWorld) {
    this.transport = new RedmineInProcess(this.model, world);
    this.config = configured(userOf(this.model, 'alertree').apiKey);
  }

  get late(): ReadonlySet<string> {
    return this.transport.late;
  }

  connect(): TicketBackend {
    const { timeline } = this.world;
    const now = (): number => timeline.now;
    const timer = { now, wait: (milliseconds: number) => timeline.wait(milliseconds) };
    return new RedmineTicketBackend(this.config, { now }, { transport: this.transport, timer });
  }

  tickets(): readonly TrackerTicket[] {
    return [...this.model.issues.values()].map((issue) => ({
      id: String(issue.id),
      status: this.statusOf(issue),
      parentId: issue.parentId === null ? null : String(issue.parentId),
      description: issue.description,
      notes: issue.journals.map(({ notes }) => notes).filter((notes) => notes !== ''),
      ...keyLineOf(issue.description),
    }));
  }

  act(act: PersonAct, id: string, to: string | null): boolean {
    const issue = this.model.issues.get(Number(id));
    if (issue === undefined) return false;
    this.model.now = this.world.timeline.now;
    switch (act) {
      case 'closes':
        return this.sets(issue, 'closed');
      case 'resolves':
        return this.sets(issue, 'resolved');
      case 'reopens':
        return this.sets(issue, 'open');
      case 'deletes':
        deleteIssue(this.model, issue);
        return true;
      case 'moves':
        return this.moves(issue, to);
      case 'copies':
        return this.opens({ description: issue.description, subject: issue.subject });
      case 'writes a note':
        return this.changes(issue, { notes: 'I had a look.' });
      case 'strips the key line':
        return this.changes(issue, { description: withoutLastLine(issue.description) });
      case 'adds a subtask':
        return this.opens({ subject: 'By hand', parent_issue_id: issue.id });
    }
  }

  private sets(issue: FakeIssue, status: keyof typeof STATUS): boolean {
    const before = this.statusOf(issue);
    this.changes(issue, { status_id: STATUS[status] });
    const after = this.model.issues.get(issue.id);
    return after !== undefined && before !== status && this.statusOf(after) === status;
  }

  private moves(issue: FakeIssue, to: string | null): boolean {
    if (to !== null) return this.changes(issue, { parent_issue_id: Number(to) });
    this.model.issues.set(issue.id, { ...issue, parentId: null, updatedOn: this.model.now });
    return issue.parentId !== null;
  }

  private changes(issue: FakeIssue, given: Readonly<Record<string, unknown>>): boolean {
    return updateIssue(this.model, this.person, issue, given).kind === 'done';
  }

  private opens(given: Readonly<Record<string, unknown>>): boolean {
    const result = createIssue(this.model, this.person, { project_id: 1, ...given });
    if (result.kind === 'done') this.opened.add(String(result.issue.id));
    return result.kind === 'done';
  }

  private statusOf(issue: FakeIssue): TrackerTicket['status'] {
    if (this.model.isClosed(issue)) return 'closed';
    return issue.statusId === STATUS.resolved ? 'resolved' : 'open';
  }
}

let known: RedmineConfig | null = null;

/** Reading the configuration costs more than a request. */
function configured(apiKey: string): RedmineConfig {
  known ??= redmineConfigIn({
    REDMINE_URL: 'http://redmine.test/redmine',
    REDMINE_API_KEY: apiKey,
    REDMINE_PROJECT_ID: 'alerts',
  });
  return known;
}

function userOf(model: FakeRedmineModel, login: string): FakeUser {
  const user = model.users.find((one) => one.login === login);
  if (user === undefined) throw new Error(`there is no ${login}`);
  return user;
}

export function withoutLastLine(description: string): string {
  const text = description.trimEnd();
  return text.slice(0, Math.max(0, text.lastIndexOf('\n'))).trimEnd();
}
