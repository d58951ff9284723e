import { bulkhead } from 'cockatiel';
import { keyLineIn, keyLineText } from '../../../application/ports/key-line.js';
import type { TicketDraft } from '../../../application/ports/ticket-backend.js';
import { TicketBackendError } from '../../../application/ports/ticket-backend-error.js';
import { oneLine } from '../shared/one-line.js';
import { shortenMiddle } from '../shared/shorten-middle.js';
import { answer, type Issue } from './redmine-answers.js';
import { priorityOf, type Choices } from './redmine-choices.js';
import type { RedmineCall } from './redmine-client.js';
import type { RedmineConfig } from './redmine-config.js';
import type { RedmineDirectory } from './redmine-directory.js';
import { parentNotOpen } from './redmine-failure.js';
import type { RedmineIssues } from './redmine-issues.js';
import { isIssueId, withLastLine } from './redmine-mapper.js';
import { misplaced, type RedmineMishaps } from './redmine-mishaps.js';
import { redmineText } from './redmine-text.js';
import { keyFieldValue, statusChange, type Body, type Work } from './redmine-writing.js';

/** Characters; Redmine refuses longer subjects. */
const SUBJECT_LIMIT = 255;

/** Where a new issue goes. */
interface Place {
  readonly ids: { readonly project_id: number; readonly tracker_id: number };
  /** The parent that it goes beside; null in the configured place, the only one whose rights were looked at before. */
  readonly parent: Issue | null;
}

/** What is to be made, and where. */
interface Wanted {
  readonly draft: TicketDraft;
  readonly place: Place;
  readonly body: Body;
}

/** Creates issues, and sees that they are what was asked for. */
export class RedmineCreating {
  /** Beside parents that are elsewhere: each knows how the one before it came out, so that one at most goes wrong. */
  private readonly besideParents = bulkhead(1, Number.POSITIVE_INFINITY);

  constructor(
    private readonly config: RedmineConfig,
    private readonly directory: RedmineDirectory,
    private readonly issues: RedmineIssues,
    private readonly mishaps: RedmineMishaps,
  ) {}

  async open(work: Work, draft: TicketDraft): Promise<Issue> {
    if (draft.parentId !== null && !isIssueId(draft.parentId)) throw parentNotOpen(draft.parentId);
    await this.directory.assertUsable(work.call);
    this.mishaps.assertNotMisplaced(draft.key);
    const issue = await this.create(work, draft);
    const { keyField } = work.choices;
    if (keyField !== null) this.mishaps.keyWasStored(issue, keyField, draft.key);
    return issue;
  }

  private async create(work: Work, draft: TicketDraft): Promise<Issue> {
    const { call, choices } = work;
    const ids = { project_id: choices.inventory.project.id, tracker_id: choices.tracker.id };
    const assignedTo = this.mishaps.isRefused(choices.assignedTo) ? null : choices.assignedTo;
    const person = assignedTo === null ? {} : { assigned_to_id: assignedTo.id };
    const wanted: Wanted = { draft, place: { ids, parent: null }, body: this.newIssue(choices, draft) };
    try {
      return await this.make(work, { ...wanted, body: { ...wanted.body, ...person } });
    } catch (error) {
      if (!(error instanceof TicketBackendError) || error.reason !== 'rejected') throw error;
      // Where our user may not add issues any more Redmine says that the project is blank.
      await this.directory.assertSight(call, choices);
      const place = await this.placeOfParent(call, draft.parentId);
      if (place !== null && place.ids.project_id !== ids.project_id)
        return this.makeBeside(work, { ...wanted, place });
      if (assignedTo === null) throw error;
      const issue = await this.make(work, wanted);
      this.mishaps.refuse(assignedTo);
      return issue;
    }
  }

  private makeBeside(work: Work, wanted: Wanted): Promise<Issue> {
    return this.besideParents.execute(() => {
      this.mishaps.assertNotMisplaced(nameOf(wanted.place));
      return this.make(work, wanted);
    });
  }

  private async make(work: Work, wanted: Wanted): Promise<Issue> {
    const body = { ...wanted.body, ...wanted.place.ids };
    const { issue } = answer('issue', await work.call.post('/issues.json', { issue: body }), 'write');
    const wrong = differenceFrom(work.choices, wanted, issue);
    if (wrong !== null) throw await this.withdrawn(work, wanted, { issue, wrong });
    return issue;
  }

  private newIssue(choices: Choices, draft: TicketDraft): Body {
    const text = redmineText(draft.description, this.config.textFormatting);
    const priority = priorityOf(choices, draft.priority ?? 'normal');
    return {
      subject: shortenMiddle(oneLine(draft.subject), SUBJECT_LIMIT),
      description: [text, keyLineText(draft)].filter((part) => part !== '').join('\n\n'),
      ...(choices.openStatus !== null && { status_id: choices.openStatus.id }),
      ...(priority !== null && { priority_id: priority.id }),
      ...(draft.parentId !== null && { parent_issue_id: Number(draft.parentId) }),
      ...keyFieldValue(choices, draft.key),
    };
  }

  /**
   * Redmine's messages are in the language of the user, so the parent itself is looked at. It may stand in another
   * project than the configured one: before that was changed, or because people moved it. A group stays in its project.
   */
  private async placeOfParent(call: RedmineCall, parentId: string | null): Promise<Place | null> {
    if (parentId === null) return null;
    const [parent] = await this.issues.byIds(call, [parentId]);
    if (parent === undefined || parent.status.is_closed) throw parentNotOpen(parentId);
    return { ids: { project_id: parent.project.id, tracker_id: parent.tracker.id }, parent };
  }

  /**
   * Redmine made an issue that is not what was asked for, and said nothing. It is closed and loses its key line, so that
   * nobody takes it for the ticket; where that fails it is there to be found. The like is not made again for a day: no
   * ticket at all where the configured place is at fault, none that goes there where it is another one.
   */
  private async withdrawn(
    work: Work,
    { draft, place }: Wanted,
    { issue, wrong }: { readonly issue: Issue; readonly wrong: Difference },
  ): Promise<TicketBackendError> {
    const isGone = await this.closeAgain(work, String(issue.id));
    const what = { wrong: wrong.what, beside: place.parent };
    const error = misplaced(issue.id, what, isGone ? 'none' : 'unknown-finished');
    if (wrong.concerns === 'ticket') this.mishaps.misplace(draft.key, error);
    if (wrong.concerns === 'place') this.mishaps.misplace(nameOf(place), error);
    return error;
  }

  private async closeAgain(work: Work, id: string): Promise<boolean> {
    const { call, choices } = work;
    try {
      const seen = await this.issues.one(call, id, 'allowed_statuses');
      const body = {
        description: withLastLine(seen.description, 'withdrawn'),
        ...keyFieldValue(choices, ''),
        ...statusChange(choices, seen, 'closed'),
      };
      await call.put(this.issues.pathOf(id), { issue: body });
      const after = await this.issues.one(call, id);
      return after.status.is_closed && keyLineIn(after.description) === null;
    } catch (error) {
      if (error instanceof TicketBackendError) return false;
      throw error;
    }
  }
}

interface Difference {
  readonly what: string;
  /** Whose next create would come out the same: all in this place, that of this ticket, or none but with this key. */
  readonly concerns: 'place' | 'ticket' | 'key';
}

/** What the new issue has otherwise than asked for; null when nothing that matters. */
function differenceFrom({ inventory }: Choices, { draft, place }: Wanted, issue: Issue): Difference | null {
  const parentId = issue.parent === undefined ? null : String(issue.parent.id);
  const line = keyLineIn(issue.description);
  const isKeyed = line?.key === draft.key && line.alertId === draft.alertId;
  const author = 'another author: the key is not that of our user any more';
  const tracker = `another tracker, "${issue.tracker.name}": the role may not add issues of the one asked for`;
  const differences: readonly (readonly [boolean, string, Difference['concerns']])[] = [
    [issue.author?.id !== inventory.me.id, author, 'key'],
    [issue.project.id !== place.ids.project_id, 'another project', 'place'],
    [issue.tracker.id !== place.ids.tracker_id, tracker, 'place'],
    [parentId !== draft.parentId, 'another parent', 'place'],
    [issue.description === '', 'no description', 'place'],
    [!isKeyed, 'no key line', 'ticket'],
    [issue.status.is_closed, 'a closed status', 'place'],
  ];
  const found = differences.find(([differs]) => differs);
  return found === undefined ? null : { what: found[1], concerns: found[2] };
}

/** What its mishaps are remembered by; null: the configured place, through which every ticket goes. */
function nameOf({ ids, parent }: Place): string | null {
  return parent === null ? null : `${ids.project_id}/${ids.tracker_id}`;
}
