import type { Clock } from '../../../application/ports/clock.js';
import type { BackendProblem } from '../../../application/ports/ticket-backend.js';
import { TicketBackendError } from '../../../application/ports/ticket-backend-error.js';
import type { Issue, Named } from './redmine-answers.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Of single tickets and places; more than so many are no mishaps of single ones. */
const MOST = 1_000;

const TRY_AGAIN = 'Then restart Alertree, or wait: it tries again once a day.';
const MEND =
  'Let the role of the user of REDMINE_API_KEY add issues of the configured tracker in that project, and edit all of ' +
  `their fields. ${TRY_AGAIN}`;

interface Mishap {
  readonly until: number;
  readonly problem: BackendProblem;
}

/**
 * What only a create showed: Redmine's API tells neither which trackers a role may add issues of nor whom it lets issues
 * be given to. Remembered for a while, so that it is told, and not tried again with every ticket.
 */
export class RedmineMishaps {
  /** By the key of the ticket, or by the name of a place that is not the configured one; that of null concerns all. */
  private readonly misplacements = new Map<string | null, Mishap & { readonly error: TicketBackendError }>();
  private assignee: (Mishap & { readonly id: number }) | null = null;
  private keyField: BackendProblem | null = null;

  constructor(private readonly clock: Pick<Clock, 'now'>) {}

  /** For the probe. */
  get problems(): readonly BackendProblem[] {
    const concerningAll = this.misplacements.get(null);
    const mishaps = [concerningAll, this.assignee].filter((one) => one !== undefined && one !== null);
    const current = mishaps.filter((one) => this.isFresh(one)).map((one) => one.problem);
    return this.keyField === null ? current : [...current, this.keyField];
  }

  /**
   * An issue was made otherwise than asked for. `concerned`: the key of its ticket, the name of its place when the others
   * that go there would be, too, null when every other would be.
   */
  misplace(concerned: string | null, error: TicketBackendError): void {
    if (this.misplacements.size >= MOST) this.misplacements.clear();
    const { message, remedy } = error;
    const problem = { problem: message, remedy, stops: true };
    this.misplacements.set(concerned, { until: this.clock.now() + DAY_MS, problem, error });
  }

  /** Throws what became of an earlier try, without making another issue that is to be closed at once. */
  assertNotMisplaced(concerned: string | null): void {
    for (const mishap of [this.misplacements.get(null), this.misplacements.get(concerned)]) {
      if (mishap === undefined || !this.isFresh(mishap)) continue;
      const { reason, retryable, remedy, message } = mishap.error;
      throw new TicketBackendError(message, { reason, retryable, effect: 'none', remedy });
    }
  }

  /** A create worked only without this person. */
  refuse(person: Named): void {
    const problem = {
      problem: `Redmine does not let issues be assigned to ${person.name}: new tickets are assigned to nobody.`,
      remedy:
        'Unlock that user, give it a role whose members issues can be assigned to, or change REDMINE_ASSIGNED_TO_ID.',
      stops: false,
    };
    this.assignee = { id: person.id, until: this.clock.now() + HOUR_MS, problem };
  }

  isRefused(person: Named | null): boolean {
    return this.assignee !== null && this.assignee.id === person?.id && this.isFresh(this.assignee);
  }

  /** Compares what the answer to a create shows in the custom field for the key. */
  keyWasStored(issue: Issue, field: Named, key: string): void {
    const isStored = issue.custom_fields.some(({ id, value }) => id === field.id && value === key);
    this.keyField = isStored
      ? null
      : {
          problem: `The custom field "${field.name}" does not take the key of tickets.`,
          remedy:
            `Make it a text field that is used by the tracker ${issue.tracker.name} and that the role of the user may ` +
            'edit, or unset REDMINE_KEY_FIELD_ID.',
          stops: false,
        };
  }

  /** A clock that stepped back does not make it last longer. */
  private isFresh({ until }: Mishap): boolean {
    const left = until - this.clock.now();
    return left > 0 && left <= DAY_MS;
  }
}

/** An issue was made, but not as it was asked for; `beside`: the parent in whose place it was made, if it was. */
export function misplaced(
  id: number,
  { wrong, beside }: { readonly wrong: string; readonly beside: Issue | null },
  effect: 'none' | 'unknown-finished',
): TicketBackendError {
  const done = effect === 'none' ? 'It was closed again.' : 'It could not be closed again.';
  return new TicketBackendError(`Redmine made issue #${id} with ${wrong}. ${done}`, {
    reason: 'forbidden',
    retryable: false,
    effect,
    remedy: beside === null ? MEND : mendBeside(beside),
  });
}

function mendBeside({ project, tracker }: Issue): string {
  return (
    `In the project "${project.name}", where the root stands, let the role of the user of REDMINE_API_KEY manage subtasks, ` +
    `add issues of the tracker "${tracker.name}" and edit all of their fields, and enable that tracker's fields Parent ` +
    `task and Description; or move the root back to the configured project. ${TRY_AGAIN}`
  );
}
