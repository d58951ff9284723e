import { keyLineIn } from '../../../application/ports/key-line.js';
import type { TicketChange } from '../../../application/ports/ticket-backend.js';
import type { Issue } from './redmine-answers.js';
import { isAbove, priorityOf, type Choices } from './redmine-choices.js';
import type { RedmineCall } from './redmine-client.js';
import type { RedmineConfig } from './redmine-config.js';
import { notFoundOf, type RedmineIssues } from './redmine-issues.js';
import { asDuplicate } from './redmine-mapper.js';
import { closingStatus, openingStatus, type ClosingStatuses } from './redmine-statuses.js';
import { redmineText } from './redmine-text.js';

export type Body = Readonly<Record<string, unknown>>;

/** What is under way: one call of the port, under one deadline. */
export interface Work {
  readonly call: RedmineCall;
  readonly choices: Choices;
}

/** Changes issues. */
export class RedmineWriting {
  constructor(
    private readonly config: RedmineConfig,
    private readonly issues: RedmineIssues,
    private readonly statuses: ClosingStatuses,
  ) {}

  /**
   * Status, note and priority in one request: Redmine stores the note whatever becomes of the rest. Which status closes
   * is learnt and then sent without a look before each close; who is refused asks why, and it is learnt anew.
   */
  async update({ call, choices }: Work, id: string, change: TicketChange): Promise<void> {
    const note = redmineText(change.note ?? [], this.config.textFormatting);
    const words = { ...(note !== '' && { notes: note }) };
    const isPlainClose = change.status === 'closed' && change.priorityFloor === undefined;
    const rest = isPlainClose
      ? await this.plainClose({ call, choices }, id, change)
      : await this.changeOf({ call, choices }, id, change);
    await this.put(call, id, { ...words, ...rest });
  }

  private async plainClose(work: Work, id: string, change: TicketChange): Promise<Body> {
    const { closeStatus } = work.choices;
    const elsewhere = closeStatus === null ? this.statuses.lookElsewhere(id) : null;
    // Nothing is awaited in vain: who finds no look under way begins one before anybody else can.
    if (elsewhere !== null) await elsewhere;
    const closing = closeStatus ?? this.statuses.usualFor(id);
    if (closing !== null) return { status_id: closing.id };
    return this.statuses.look(id, () => this.changeOf(work, id, change));
  }

  async markDuplicate({ call, choices }: Work, id: string, originalId: string): Promise<void> {
    const issue = await this.closedFirst({ call, choices }, id);
    if (!issue.status.is_closed || keyLineIn(issue.description) === null) return;
    const description = asDuplicate(issue.description, originalId);
    await this.put(call, id, { description, ...keyFieldValue(choices, '') });
  }

  /** Asks for nothing that Redmine would not do: it leaves a trace in the time of the last change, like a person's. */
  private async closedFirst({ call, choices }: Work, id: string): Promise<Issue> {
    const issue = await this.issues.one(call, id, 'allowed_statuses');
    const closing = closingStatus(choices, issue);
    const isAllowed = issue.allowed_statuses?.some((status) => status.id === closing?.id) ?? true;
    if (issue.status.is_closed || closing === null || !isAllowed) return issue;
    await this.put(call, id, { status_id: closing.id });
    return this.issues.one(call, id);
  }

  private async changeOf({ call, choices }: Work, id: string, change: TicketChange): Promise<Body> {
    if (change.status === undefined && change.priorityFloor === undefined) return {};
    const issue = await this.issues.one(call, id, 'allowed_statuses');
    this.statuses.learn(issue, closingStatus(choices, issue));
    return {
      ...statusChange(choices, issue, change.status),
      ...priorityChange(choices, issue, change.priorityFloor),
    };
  }

  private async put(call: RedmineCall, id: string, body: Body): Promise<void> {
    if (Object.keys(body).length === 0) return;
    const path = this.issues.pathOf(id);
    try {
      await call.put(path, { issue: body });
    } catch (error) {
      throw notFoundOf(error, id);
    }
  }
}

/** Nothing where it is open or closed already: which status of that kind it has is the people's business. */
export function statusChange(choices: Choices, issue: Issue, status: TicketChange['status']): Body {
  if (status === undefined || issue.status.is_closed === (status === 'closed')) return {};
  const wanted = status === 'closed' ? closingStatus(choices, issue) : openingStatus(choices, issue);
  return wanted === null ? {} : { status_id: wanted.id };
}

function priorityChange(choices: Choices, issue: Issue, floor: TicketChange['priorityFloor']): Body {
  const least = floor === undefined ? null : priorityOf(choices, floor);
  return least !== null && isAbove(choices, least.id, issue.priority.id) ? { priority_id: least.id } : {};
}

export function keyFieldValue({ keyField }: Choices, value: string): Body {
  return keyField === null ? {} : { custom_fields: [{ id: keyField.id, value }] };
}
