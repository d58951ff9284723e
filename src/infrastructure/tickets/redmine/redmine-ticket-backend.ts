import type {
  BackendProblem,
  ChangePage,
  TicketBackend,
  TicketChange,
  TicketDraft,
  TicketPage,
  TicketSnapshot,
} from '../../../application/ports/ticket-backend.js';
import { RedmineClient } from './redmine-client.js';
import type { RedmineConfig } from './redmine-config.js';
import { RedmineDirectory } from './redmine-directory.js';
import { PAGE_SIZE, RedmineIssues } from './redmine-issues.js';
import { isIssueId, snapshotOf, withPlainLineEnds } from './redmine-mapper.js';
import { obstaclesIn } from './redmine-obstacles.js';
import { probeRedmine } from './redmine-probe.js';
import { configurationFailure } from './redmine-failure.js';
import { takeInventory } from './redmine-inventory.js';
import { missingRights, projectProblems } from './redmine-rights.js';
import { RedmineSearch } from './redmine-search.js';
import { RedmineWriting, type Work } from './redmine-writing.js';

/** Tickets as issues of a project in Redmine, over its REST API. Asks nothing before the first call. */
export class RedmineTicketBackend implements TicketBackend {
  readonly instance: string;
  readonly lateCommitMs: number;
  private readonly client: RedmineClient;
  private readonly directory: RedmineDirectory;
  private readonly issues: RedmineIssues;
  private readonly search: RedmineSearch;
  private readonly writing: RedmineWriting;

  constructor(private readonly config: RedmineConfig) {
    this.instance = `redmine ${config.url} ${config.project}`;
    this.lateCommitMs = config.lateCommitMs;
    this.client = new RedmineClient(config);
    this.directory = new RedmineDirectory(config);
    this.issues = new RedmineIssues(this.directory);
    this.search = new RedmineSearch(this.directory, this.issues);
    this.writing = new RedmineWriting(config, this.issues);
  }

  urlOf(id: string): string {
    return `${this.config.publicUrl}/issues/${encodeURIComponent(id)}`;
  }

  async open(draft: TicketDraft): Promise<TicketSnapshot> {
    try {
      return await this.writing.open(await this.begin(), draft);
    } catch (error) {
      // What was refused may be so because Redmine's settings are not what they were: the next one asks again.
      this.directory.forget();
      throw error;
    }
  }

  async update(id: string, change: TicketChange): Promise<void> {
    return this.writing.update(await this.begin(), id, change);
  }

  async markDuplicate(id: string, originalId: string): Promise<void> {
    return this.writing.markDuplicate(await this.begin(), id, originalId);
  }

  async fetchMany(ids: readonly string[]): Promise<ReadonlyMap<string, TicketSnapshot | 'missing'>> {
    const found = new Map<string, TicketSnapshot | 'missing'>(ids.map((id) => [id, 'missing']));
    const asked = [...found.keys()].filter(isIssueId);
    if (asked.length === 0) return found;
    const { call, choices } = await this.begin();
    for (let start = 0; start < asked.length; start += PAGE_SIZE) {
      const issues = await this.issues.byIds(call, asked.slice(start, start + PAGE_SIZE));
      for (const issue of issues) found.set(String(issue.id), snapshotOf(issue, choices));
    }
    if (asked.some((id) => found.get(id) === 'missing')) await this.assertSight({ call, choices });
    return found;
  }

  async obstaclesTo(id: string, status: 'open' | 'closed'): Promise<readonly string[]> {
    this.writing.forgetClosingStatus();
    return obstaclesIn({ ...(await this.begin()), issues: this.issues }, id, status);
  }

  async notesOf(id: string): Promise<readonly string[]> {
    const { call, choices } = await this.begin();
    const { journals } = await this.issues.one(call, choices, id, 'journals');
    return journals
      .toSorted((one, other) => one.id - other.id)
      .map((journal) => withPlainLineEnds(journal.notes))
      .filter((notes) => notes !== '');
  }

  async findByKey(key: string): Promise<readonly TicketSnapshot[]> {
    const work = await this.begin();
    const found = await this.search.byKey(work.call, work.choices, key);
    if (found.length === 0) await this.assertSight(work);
    return found;
  }

  async findOurs(cursor: string | null): Promise<TicketPage> {
    const { call, choices } = await this.begin();
    return this.search.openOnes(call, choices, cursor);
  }

  async changedSince(cursor: string | null): Promise<ChangePage> {
    const { call, choices } = await this.begin();
    return this.search.changes(call, choices, cursor);
  }

  /** Whatever names meant before is looked up again by the next call. */
  async probe(): Promise<readonly BackendProblem[]> {
    this.directory.forget();
    this.writing.forgetClosingStatus();
    return probeRedmine(this.client.call(), this.config);
  }

  /** Without its rights a user is shown an empty list: only who sees the project may say that a ticket is not there. */
  private async assertSight({ call, choices }: Work): Promise<void> {
    await this.directory.assertIdentity(call, choices);
    const inventory = await takeInventory(call, this.config);
    const [first] = [...projectProblems(inventory), ...missingRights(inventory)];
    if (first === undefined) return;
    this.directory.forget();
    throw configurationFailure('forbidden', first.problem, first.remedy);
  }

  private async begin(): Promise<Work> {
    const call = this.client.call();
    return { call, choices: await this.directory.choices(call) };
  }
}
