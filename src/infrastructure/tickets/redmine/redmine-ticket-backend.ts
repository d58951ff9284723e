import type { Clock } from '../../../application/ports/clock.js';
import type {
  BackendProblem,
  ChangePage,
  NoteSnapshot,
  Reach,
  TicketBackend,
  TicketChange,
  TicketDraft,
  TicketPage,
  TicketSnapshot,
} from '../../../application/ports/ticket-backend.js';
import { TicketBackendError } from '../../../application/ports/ticket-backend-error.js';
import { SystemClock } from '../../system/system-clock.js';
import { RedmineClient, type RedmineTransport } from './redmine-client.js';
import type { RedmineConfig } from './redmine-config.js';
import { RedmineCreating } from './redmine-creating.js';
import { RedmineDirectory } from './redmine-directory.js';
import { PAGE_SIZE, RedmineIssues } from './redmine-issues.js';
import { isIssueId, notesIn, snapshotOf } from './redmine-mapper.js';
import { RedmineMishaps } from './redmine-mishaps.js';
import { obstaclesIn } from './redmine-obstacles.js';
import { RedmineSearch } from './redmine-search.js';
import { ClosingStatuses } from './redmine-statuses.js';
import { isOursAlone } from './redmine-untouched.js';
import type { Timer } from './request-pace.js';
import { RedmineWriting, type Work } from './redmine-writing.js';

/** Tickets as issues of a project in Redmine, over its REST API. Asks nothing before the first call. */
export class RedmineTicketBackend implements TicketBackend {
  readonly instance: string;
  readonly lateCommitMs: number;
  private readonly client: RedmineClient;
  private readonly directory: RedmineDirectory;
  private readonly issues = new RedmineIssues();
  private readonly statuses = new ClosingStatuses();
  private readonly mishaps: RedmineMishaps;
  private readonly search: RedmineSearch;
  private readonly creating: RedmineCreating;
  private readonly writing: RedmineWriting;

  constructor(
    private readonly config: RedmineConfig,
    clock: Pick<Clock, 'now'> = new SystemClock(),
    travel?: { readonly transport: RedmineTransport; readonly timer: Timer },
  ) {
    // Ids of issues count in all of a Redmine, and a project can be written in many ways.
    this.instance = `redmine ${config.url}`;
    this.lateCommitMs = config.lateCommitMs;
    this.client = new RedmineClient(config, undefined, travel?.timer, travel?.transport);
    this.directory = new RedmineDirectory(config);
    this.mishaps = new RedmineMishaps(clock);
    this.search = new RedmineSearch(this.directory, this.issues);
    this.creating = new RedmineCreating(config, this.directory, this.issues, this.mishaps);
    this.writing = new RedmineWriting(config, this.issues, this.statuses);
  }

  urlOf(id: string): string {
    return `${this.config.publicUrl}/issues/${encodeURIComponent(id)}`;
  }

  async open(draft: TicketDraft): Promise<TicketSnapshot> {
    try {
      return await this.within(async (work) => {
        const issue = await this.creating.open(work, draft);
        this.statuses.saw(issue);
        return snapshotOf(issue, work.choices);
      });
    } catch (error) {
      // What was refused may be so because Redmine's settings are not what they were: the next one asks again.
      this.directory.forget();
      throw error;
    }
  }

  update(id: string, change: TicketChange): Promise<void> {
    return this.within((work) => this.writing.update(work, id, change));
  }

  isUntouched(id: string): Promise<boolean> {
    return this.within(async ({ call, choices }) => {
      const issue = await this.issues.one(call, id, 'journals,relations');
      return isOursAlone(issue, await this.directory.assertIdentity(call, choices));
    });
  }

  markDuplicate(id: string, originalId: string): Promise<void> {
    return this.within((work) => this.writing.markDuplicate(work, id, originalId));
  }

  async fetchMany(ids: readonly string[]): Promise<ReadonlyMap<string, TicketSnapshot | 'missing'>> {
    const found = new Map<string, TicketSnapshot | 'missing'>(ids.map((id) => [id, 'missing']));
    const asked = [...found.keys()].filter(isIssueId);
    if (asked.length === 0) return found;
    return this.within(async ({ call, choices }) => {
      for (let start = 0; start < asked.length; start += PAGE_SIZE) {
        for (const issue of await this.issues.byIds(call, asked.slice(start, start + PAGE_SIZE))) {
          this.statuses.saw(issue);
          found.set(String(issue.id), snapshotOf(issue, choices));
        }
      }
      const isOneMissing = asked.some((id) => found.get(id) === 'missing');
      if (isOneMissing) await this.directory.assertSight(call, choices);
      return found;
    });
  }

  obstaclesTo(id: string, status: 'open' | 'closed'): Promise<readonly string[]> {
    this.statuses.forget();
    return this.within((work) => obstaclesIn({ ...work, issues: this.issues }, id, status));
  }

  notesOf(id: string): Promise<readonly NoteSnapshot[]> {
    return this.within(async ({ call, choices }) =>
      notesIn(await this.issues.one(call, id, 'journals'), choices.inventory),
    );
  }

  findByKey(key: string): Promise<readonly TicketSnapshot[]> {
    return this.within(async ({ call, choices }) => {
      const found = await this.search.byKey(call, choices, key);
      if (found.length === 0) await this.directory.assertSight(call, choices);
      return found;
    });
  }

  findOurs(cursor: string | null, reach: Reach): Promise<TicketPage> {
    return this.within((work) => this.search.openOnes(work, cursor, reach));
  }

  changedSince(cursor: string | null): Promise<ChangePage> {
    return this.within(({ call, choices }) => this.search.changes(call, choices, cursor));
  }

  /** Looks everything up anew; the calls that follow go by it. */
  async probe(): Promise<readonly BackendProblem[]> {
    this.statuses.forget();
    try {
      const { problems } = await this.directory.look(this.client.call());
      return [...problems, ...this.mishaps.problems];
    } catch (error) {
      if (!(error instanceof TicketBackendError) || error.retryable) throw error;
      return [{ problem: error.message, remedy: error.remedy, stops: true }];
    }
  }

  /**
   * One call of the port. Behind a wrong address everything is "not found", and so is what a user without rights asks
   * for: that leaves here only when the project was seen just now.
   */
  private async within<T>(work: (given: Work) => Promise<T>): Promise<T> {
    const call = this.client.call();
    const choices = await this.directory.choices(call);
    try {
      return await work({ call, choices });
    } catch (error) {
      const isNotFound = error instanceof TicketBackendError && error.reason === 'not-found';
      if (isNotFound) await this.directory.assertSight(call, choices);
      throw error;
    }
  }
}
