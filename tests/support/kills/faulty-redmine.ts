import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { untilTrue } from '../app/until.js';
import { FakeRedmine } from '../fake-redmine/fake-redmine.js';
import type { DecideFault, FakeFault, FakeRequest } from '../fake-redmine/fault.js';
import type { FakeIssue } from '../fake-redmine/model.js';
import type { HeldTicket } from './checker.js';
import { heldTicket } from './held-ticket.js';
import type { OutlivingRedmine } from './kill-world.js';

const CALM: DecideFault = () => null;
/** Of all requests; reads fail less often, since one that fails at the start costs all of a short life. */
const FAULTY = { reads: 0.03, writes: 0.2 } as const;

/** How late things may be carried out, answered or not, in milliseconds. */
export interface Lateness {
  readonly createMs: number;
  /** Later than Alertree waits for, a note would be there twice: nothing can take it back. */
  readonly changeMs: number;
}

/** A Redmine that outlives every Alertree, on the real clock, and fails now and then when it is told to. */
export class FaultyRedmine implements OutlivingRedmine {
  /** Requests that went wrong, by what happened to them. */
  readonly faults = new Map<string, number>();
  private slow = 0;
  private readonly asked: Record<string, number> = {};

  private constructor(readonly fake: FakeRedmine) {}

  static async start(): Promise<FaultyRedmine> {
    const redmine = new FaultyRedmine(await FakeRedmine.start());
    redmine.calm();
    return redmine;
  }

  /** What an Alertree needs to use it. */
  get env(): Readonly<Record<string, string>> {
    return { REDMINE_URL: this.fake.url, REDMINE_API_KEY: 'b'.repeat(40), REDMINE_PROJECT_ID: 'alerts' };
  }

  calm(): void {
    this.faultyBy(CALM);
  }

  /** Fails at random. */
  storm(latest: Lateness): void {
    this.faultyBy((request) => {
      const latestMs = request.method === 'POST' ? latest.createMs : latest.changeMs;
      if (Math.random() > (request.method === 'GET' ? FAULTY.reads : FAULTY.writes)) return null;
      const choice = FAULTS[randomInt(FAULTS.length)]?.(() => this.later(randomInt(latestMs + 1))) ?? null;
      // A read has no effect that could be lost or come late.
      return request.method === 'GET' && choice?.kind === 'error-after' ? ERROR_BEFORE : choice;
    });
  }

  faultyBy(decide: DecideFault): void {
    this.fake.fault = (request: FakeRequest): FakeFault | null => {
      this.fake.model.now = Date.now();
      this.fake.requests.length = 0; // nobody looks at them, and a long run would fill the memory
      this.asked[request.method] = this.askedFor(request.method) + 1;
      const fault = decide(request);
      if (fault !== null) this.faults.set(fault.kind, (this.faults.get(fault.kind) ?? 0) + 1);
      return fault;
    };
  }

  get faultCount(): number {
    return [...this.faults.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Resolves when it is asked to open a ticket, or to change one, or when nobody asks for so long. */
  async nextWrite(longestMs: number): Promise<void> {
    const method = randomInt(2) === 0 ? 'POST' : 'PUT';
    const before = this.askedFor(method);
    const deadline = Date.now() + longestMs;
    await untilTrue('that', () => this.askedFor(method) > before || Date.now() > deadline);
  }

  /** Something is still to be done late. */
  get isBusy(): boolean {
    return this.slow > 0;
  }

  tickets(): readonly HeldTicket[] {
    return [...this.fake.model.issues.values()].map((issue) => this.held(issue));
  }

  /** Removes tickets that nobody asks about any more. */
  forget(ids: readonly string[]): void {
    for (const id of ids) this.fake.model.issues.delete(Number(id));
  }

  stop(): Promise<void> {
    return this.fake.stop();
  }

  private askedFor(method: string): number {
    return this.asked[method] ?? 0;
  }

  private later(milliseconds: number): Promise<void> {
    this.slow += 1;
    return pause(milliseconds).then(() => void (this.slow -= 1));
  }

  private held(issue: FakeIssue): HeldTicket {
    return heldTicket({
      ...issue,
      isOpen: !this.fake.model.isClosed(issue),
      notes: issue.journals.map(({ notes }) => notes),
      openedAt: issue.createdOn,
      changedAt: issue.updatedOn,
    });
  }
}

const ERROR_BEFORE: FakeFault = { kind: 'answer', status: 500 };

const FAULTS: readonly ((later: () => Promise<void>) => FakeFault)[] = [
  () => ERROR_BEFORE,
  () => ({
    kind: 'answer',
    status: 503,
    body: '<html>Busy</html>',
    headers: { 'content-type': 'text/html' },
  }),
  () => ({
    kind: 'answer',
    status: 422,
    body: '{"errors":[]}',
    headers: { 'content-type': 'application/json' },
  }),
  () => ({ kind: 'error-after' }),
  () => ({ kind: 'drop-before' }),
  () => ({ kind: 'drop-after' }),
  (later) => ({ kind: 'slow', until: later(), drops: false }),
  (later) => ({ kind: 'slow', until: later(), drops: true }),
];
