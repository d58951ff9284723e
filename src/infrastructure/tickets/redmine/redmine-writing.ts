import { keyLineIn, keyLineText } from '../../../application/ports/key-line.js';
import type { TicketChange, TicketDraft, TicketSnapshot } from '../../../application/ports/ticket-backend.js';
import { TicketBackendError } from '../../../application/ports/ticket-backend-error.js';
import { oneLine } from '../shared/one-line.js';
import { shortenMiddle } from '../shared/shorten-middle.js';
import { answer, type Issue, type IssueStatus } from './redmine-answers.js';
import { isAbove, priorityOf, type Choices } from './redmine-choices.js';
import type { RedmineCall } from './redmine-client.js';
import type { RedmineConfig } from './redmine-config.js';
import { misplaced, parentNotOpen } from './redmine-failure.js';
import type { RedmineIssues } from './redmine-issues.js';
import { asDuplicate, snapshotOf, withLastLine } from './redmine-mapper.js';
import { assertMayOpen, differenceFrom } from './redmine-new-issue.js';
import { closingStatus, openingStatus } from './redmine-statuses.js';
import { redmineText } from './redmine-text.js';

/** Characters; Redmine refuses longer subjects. */
const SUBJECT_LIMIT = 255;

type Body = Readonly<Record<string, unknown>>;

/** What is under way: one call of the port, under one deadline. */
export interface Work {
  readonly call: RedmineCall;
  readonly choices: Choices;
}

/** Creates and changes issues. */
export class RedmineWriting {
  private usualClosing: IssueStatus | null = null;

  constructor(
    private readonly config: RedmineConfig,
    private readonly issues: RedmineIssues,
  ) {}

  async open(work: Work, draft: TicketDraft): Promise<TicketSnapshot> {
    assertMayOpen(work.choices, draft);
    const issue = await this.create(work, draft);
    const wrong = differenceFrom(work.choices, draft, issue);
    if (wrong !== null) throw await this.withdrawn(work, issue, wrong);
    return snapshotOf(issue, work.choices);
  }

  /**
   * Status, note and priority in one request: Redmine stores the note whatever becomes of the rest. Which status closes
   * is looked up once and then sent without a look before each close; who is refused asks why, and it is looked up anew.
   */
  async update({ call, choices }: Work, id: string, change: TicketChange): Promise<void> {
    const note = redmineText(change.note ?? [], this.config.textFormatting);
    const words = { ...(note !== '' && { notes: note }) };
    const closing = choices.closeStatus ?? this.usualClosing;
    const isPlainClose = change.status === 'closed' && change.priorityFloor === undefined;
    const rest =
      isPlainClose && closing !== null
        ? { status_id: closing.id }
        : await this.changeOf({ call, choices }, id, change);
    await this.put({ call, choices }, id, { ...words, ...rest });
  }

  /** Redmine's workflow may not be what it was. */
  forgetClosingStatus(): void {
    this.usualClosing = null;
  }

  private async changeOf({ call, choices }: Work, id: string, change: TicketChange): Promise<Body> {
    if (change.status === undefined && change.priorityFloor === undefined) return {};
    const issue = await this.issues.one(call, choices, id, 'allowed_statuses');
    if (change.status === 'closed' && !issue.status.is_closed)
      this.usualClosing = closingStatus(choices, issue);
    return {
      ...statusChange(choices, issue, change.status),
      ...priorityChange(choices, issue, change.priorityFloor),
    };
  }

  async markDuplicate({ call, choices }: Work, id: string, originalId: string): Promise<void> {
    const issue = await this.issues.one(call, choices, id, 'allowed_statuses');
    const hasKeyLine = keyLineIn(issue.description) !== null;
    const body = {
      ...(hasKeyLine && { description: asDuplicate(issue.description, originalId) }),
      ...(hasKeyLine && keyFieldValue(choices, '')),
      ...statusChange(choices, issue, 'closed'),
    };
    await this.put({ call, choices }, id, body);
  }

  private async put({ call, choices }: Work, id: string, body: Body): Promise<void> {
    if (Object.keys(body).length === 0) return;
    const path = this.issues.pathOf(id);
    try {
      await call.put(path, { issue: body });
    } catch (error) {
      throw await this.issues.verified(call, choices, { error, id });
    }
  }

  private async create(work: Work, draft: TicketDraft): Promise<Issue> {
    const { assignedTo } = work.choices;
    const body = this.newIssue(work.choices, draft);
    try {
      const person = assignedTo === null ? {} : { assigned_to_id: assignedTo.id };
      return await post(work.call, { ...body, ...person });
    } catch (error) {
      if (!(error instanceof TicketBackendError) || error.reason !== 'rejected') throw error;
      await this.assertParentOpen(work, draft.parentId);
      // A person who was locked must not keep tickets from being opened.
      if (assignedTo === null) throw error;
      return post(work.call, body);
    }
  }

  private newIssue(choices: Choices, draft: TicketDraft): Body {
    const text = redmineText(draft.description, this.config.textFormatting);
    const priority = priorityOf(choices, draft.priority ?? 'normal');
    return {
      project_id: choices.inventory.project.id,
      tracker_id: choices.tracker.id,
      subject: shortenMiddle(oneLine(draft.subject), SUBJECT_LIMIT),
      description: [text, keyLineText(draft)].filter((part) => part !== '').join('\n\n'),
      ...(choices.openStatus !== null && { status_id: choices.openStatus.id }),
      ...(priority !== null && { priority_id: priority.id }),
      ...(draft.parentId !== null && { parent_issue_id: Number(draft.parentId) }),
      ...keyFieldValue(choices, draft.key),
    };
  }

  /** Redmine's messages are in the language of the user, so the parent itself is looked at. */
  private async assertParentOpen({ call, choices }: Work, parentId: string | null): Promise<void> {
    if (parentId === null) return;
    const [parent] = await this.issues.byIds(call, [parentId]);
    const isElsewhere = parent?.project.id !== choices.inventory.project.id;
    if (parent === undefined || parent.status.is_closed || isElsewhere) throw parentNotOpen(parentId);
  }

  /**
   * Redmine made an issue that is not what was asked for, and said nothing. It is closed and loses its key line, so that
   * nobody takes it for the ticket; where that fails it is there to be found.
   */
  private async withdrawn(work: Work, issue: Issue, wrong: string): Promise<TicketBackendError> {
    try {
      const seen = await this.issues.one(work.call, work.choices, String(issue.id), 'allowed_statuses');
      const description = withLastLine(seen.description, 'withdrawn');
      const body = {
        description,
        ...keyFieldValue(work.choices, ''),
        ...statusChange(work.choices, seen, 'closed'),
      };
      await this.put(work, String(issue.id), body);
      const after = await this.issues.one(work.call, work.choices, String(issue.id), 'allowed_statuses');
      const isGone = after.status.is_closed && keyLineIn(after.description) === null;
      return misplaced(issue.id, wrong, isGone ? 'none' : 'unknown-finished');
    } catch (error) {
      if (!(error instanceof TicketBackendError)) throw error;
      return misplaced(issue.id, wrong, 'unknown-finished');
    }
  }
}

async function post(call: RedmineCall, body: Body): Promise<Issue> {
  return answer('issue', await call.post('/issues.json', { issue: body }), 'write').issue;
}

/** Nothing where it is open or closed already: which status of that kind it has is the people's business. */
function statusChange(choices: Choices, issue: Issue, status: TicketChange['status']): Body {
  if (status === undefined || issue.status.is_closed === (status === 'closed')) return {};
  const wanted = status === 'closed' ? closingStatus(choices, issue) : openingStatus(choices, issue);
  return wanted === null ? {} : { status_id: wanted.id };
}

function priorityChange(choices: Choices, issue: Issue, floor: TicketChange['priorityFloor']): Body {
  const least = floor === undefined ? null : priorityOf(choices, floor);
  return least !== null && isAbove(choices, least.id, issue.priority.id) ? { priority_id: least.id } : {};
}

function keyFieldValue({ keyField }: Choices, value: string): Body {
  return keyField === null ? {} : { custom_fields: [{ id: keyField.id, value }] };
}
