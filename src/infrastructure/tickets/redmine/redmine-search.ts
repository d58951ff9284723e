import { keyLineIn } from '../../../application/ports/key-line.js';
import type {
  ChangePage,
  Reach,
  TicketPage,
  TicketSnapshot,
} from '../../../application/ports/ticket-backend.js';
import { cursorOf, placeAfter, placeOf, THE_BEGINNING, wasShown, type ChangePlace } from './change-cursor.js';
import type { Issue } from './redmine-answers.js';
import type { Choices } from './redmine-choices.js';
import type { RedmineCall } from './redmine-client.js';
import type { RedmineDirectory } from './redmine-directory.js';
import { PAGE_SIZE, type RedmineIssues } from './redmine-issues.js';
import { snapshotOf } from './redmine-mapper.js';

const KEY = /^[0-9a-f]{32}$/;
/** Every key line begins with it; that it is one is seen when it is read. */
const OURS = { description: '~alertree' };
/** Of one look: 1,000 tickets. */
const CHANGE_PAGES = 10;

/** Finds our tickets. What Redmine answers to a filter is only where to look: every hit is verified. */
export class RedmineSearch {
  constructor(
    private readonly directory: RedmineDirectory,
    private readonly issues: RedmineIssues,
  ) {}

  /** In any project: what stands beside a root that people moved is created there, too. */
  async byKey(call: RedmineCall, choices: Choices, key: string): Promise<readonly TicketSnapshot[]> {
    // Filters read operators, and are never given anything but hexadecimal.
    if (!KEY.test(key)) return [];
    // The key line is what counts; a custom field that is no filter would show every issue.
    const hits = await this.issues.search(call, { description: `~${key}`, status_id: '*' });
    await this.directory.assertIdentity(call, choices);
    return hits
      .filter((issue) => keyLineIn(issue.description)?.key === key)
      .map((issue) => snapshotOf(issue, choices));
  }

  /** The cursor is the last id seen: tickets that close or appear meanwhile move none to another page. */
  async openOnes(
    { call, choices }: { readonly call: RedmineCall; readonly choices: Choices },
    cursor: string | null,
    reach: Reach,
  ): Promise<TicketPage> {
    const after = /^\d{1,10}$/.test(cursor ?? '') ? Number(cursor) : 0;
    const filter = { ...OURS, status_id: 'open', sort: 'id', issue_id: `>=${after + 1}` };
    const page =
      reach === 'everywhere'
        ? await this.issues.page(call, filter)
        : await this.issues.pageOfProject(call, choices, filter);
    await this.directory.assertIdentity(call, choices);
    const tickets = ticketsIn(page.issues, choices).filter((ticket) => ticket.status !== 'closed');
    return { tickets, next: page.isFull && page.last !== null ? String(page.last.id) : null };
  }

  async changes(call: RedmineCall, choices: Choices, cursor: string | null): Promise<ChangePage> {
    const page =
      cursor === null ? await this.now(call, choices) : await this.since(call, choices, placeOf(cursor));
    await this.directory.assertIdentity(call, choices);
    return page;
  }

  /** Redmine does not say what time it has, so now is when something last changed. */
  private async now(call: RedmineCall, choices: Choices): Promise<ChangePage> {
    const filter = { ...OURS, status_id: '*', sort: 'updated_on:desc' };
    const { issues } = await this.issues.pageOfProject(call, choices, filter);
    return { tickets: [], next: cursorOf(placeAfter(ticketsIn(issues, choices), THE_BEGINNING.time)) };
  }

  /** All pages at once, for one that shows nothing new must mean that there is nothing. */
  private async since(call: RedmineCall, choices: Choices, from: ChangePlace): Promise<ChangePage> {
    const found = new Map<string, TicketSnapshot>();
    let { time, offset } = from;
    let isFull = true;
    for (let pages = 0; isFull && pages < CHANGE_PAGES; pages += 1) {
      const where = { updated_on: `>=${time}`, offset: String(offset), sort: 'updated_on,id' };
      const page = await this.issues.pageOfProject(call, choices, { ...OURS, ...where, status_id: '*' });
      for (const ticket of ticketsIn(page.issues, choices)) found.set(ticket.id, ticket);
      isFull = page.isFull;
      const last = page.last?.updated_on ?? time;
      // An offset alone would pass over tickets when earlier ones change meanwhile and move to the end.
      offset = last === time ? offset + PAGE_SIZE : 0;
      time = last;
    }
    const seen = [...found.values()];
    const next = isFull ? { ...from, time, offset } : placeAfter(seen, from.time);
    return { tickets: seen.filter((ticket) => !wasShown(from, ticket)), next: cursorOf(next) };
  }
}

function ticketsIn(issues: readonly Issue[], choices: Choices): readonly TicketSnapshot[] {
  return issues.map((issue) => snapshotOf(issue, choices)).filter((ticket) => ticket.keyLine !== null);
}
