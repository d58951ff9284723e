import type { ReceivedAlert } from '../../../src/domain/alert/alert.js';
import type { RouteSettings } from '../../../src/domain/route/route-settings.js';
import { BEGINNING, firing, HOUR, MINUTE, resolved } from '../builders/alerts.js';
import type { BackendCall, Fault } from '../in-memory-ticket-backend/fault.js';
import { InMemoryTicketBackend } from '../in-memory-ticket-backend/in-memory-ticket-backend.js';
import { alertAt, faultOf, type FaultName, type MoveHeard, type PersonAct, type Step } from './history.js';
import {
  ANOTHER,
  closedOf,
  knownToStandOpen,
  repeats,
  repeatsOfLeftBehind,
  ticketsThatStay,
} from './moving.js';
import { World } from './world.js';

/** What a person wanted of a ticket and nobody may undo. */
export type PersonsWish = 'closed' | 'open' | 'untouched' | 'gone';

/** Plays a history in a world and remembers what people did in it. */
export class HistoryRunner {
  readonly world: World;
  readonly wishes = new Map<string, PersonsWish>();
  /** Tickets that a person did anything to: until somebody looks, the store cannot know. */
  readonly touched = new Set<string>();
  /** Tickets that a person opened or closed. */
  private readonly turned = new Set<string>();
  /** How often each kind of step, fault and act really happened. */
  readonly happened = new Map<string, number>();
  /** What happened and should not have. */
  readonly surprises: string[] = [];
  private readonly bodies: ReceivedAlert[][] = [];
  private faults: FaultName[] = [];
  /** Writes there were when a person took a ticket over. */
  readonly writesAtTakeOver = new Map<string, number>();

  constructor(route: Partial<RouteSettings>) {
    this.world = new World(route, { fault: (call) => this.nextFault(call) });
  }

  async play(steps: readonly Step[]): Promise<void> {
    for (const step of steps) await this.step(step);
    await this.comeToRest();
  }

  /** Faults end, what was late has come, and enough time passes for every hold and every retry. */
  async comeToRest(): Promise<void> {
    this.faults = [];
    this.world.backend.commitLate();
    await this.world.pass(HOUR);
    await this.commitTooLate();
    await this.passHours();
    const waiting = await repeatsOfLeftBehind(this.world);
    if (waiting.length === 0) return;
    await this.world.hear(...waiting);
    await this.passHours();
  }

  private async passHours(): Promise<void> {
    for (let round = 0; round < 8; round += 1) {
      await this.world.pass(HOUR);
      await this.world.sweep();
    }
  }

  /** What was given up for lost comes after all, and is swept up like everything else. */
  private async commitTooLate(): Promise<void> {
    const before = this.world.backend.tickets().length;
    this.world.backend.commitTooLate();
    if (this.world.backend.tickets().length > before) this.count('ticket after all');
    await this.world.sweep();
  }

  private async step(step: Step): Promise<void> {
    switch (step.kind) {
      case 'body': {
        const minute = Math.floor((this.world.clock.now() - BEGINNING) / MINUTE);
        await this.hear(
          step.alerts.map((alert) => alertAt(alert, minute)),
          step.settle,
        );
        return this.count('body');
      }
      case 'copy': {
        const body = this.bodies.at(-1 - step.back);
        if (body === undefined) return;
        await this.hear(step.reversed ? body.toReversed() : body, true);
        return this.count(step.back > 0 ? 'late body' : 'copy');
      }
      case 'pass':
        // What is late comes within the time that the backend promises.
        this.world.backend.commitLate();
        await this.world.pass(step.minutes * MINUTE);
        if (step.minutes > 3) await this.commitTooLate();
        return this.count(step.minutes < 0 ? 'clock step back' : 'pass');
      case 'person':
        return this.person(step.act, step.pick);
      case 'fault':
        this.faults.push(...Array.from({ length: step.calls }, () => step.fault));
        return this.count(`fault ${step.fault}`);
      case 'tick':
        await this.world.deliverDue();
        return this.count('tick');
      case 'restart':
        this.world.restart();
        return this.count('restart');
      case 'empty':
        this.emptyStore();
        return this.count('store emptied');
      case 'move':
        await this.moveBackend();
        return this.count('backend moved');
      case 'move-heard':
        await this.moveHeard(step.how);
        return this.count(`backend moved ${step.how}`);
    }
  }

  /** When all is quiet: whatever changes then comes from the move. */
  private async moveHeard(how: MoveHeard): Promise<void> {
    await this.quiet();
    const stay = await ticketsThatStay(this.world, this.touched);
    if (how === 'elsewhere') await this.moveBackend();
    else await this.beAway(() => (how === 'and back' ? null : faultOf('down')));
    await this.world.hear(...(await repeats(this.world)));
    for (const id of closedOf(this.world, stay)) this.surprises.push(`#${id} was closed by a move ${how}`);
  }

  private async beAway(fault: () => Fault | null): Promise<void> {
    const { backend } = this.world;
    this.world.useBackend(new InMemoryTicketBackend({ instance: ANOTHER + backend.instance, fault }));
    for (let times = 0; times < 2; times += 1) await this.world.hear(...(await repeats(this.world)));
    const now = this.world.clock.now();
    await this.world.hear(firing(`fires ${now}`), firing(`is over ${now}`));
    await this.world.hear(resolved(`is over ${now}`));
    this.world.useBackend(backend);
    await this.forgetReopened();
  }

  private async quiet(): Promise<void> {
    this.faults = [];
    this.world.backend.commitLate();
    await this.world.pass(5 * MINUTE);
    await this.world.sweep();
  }

  private async moveBackend(): Promise<void> {
    this.world.backend.commitLate();
    this.world.backend.commitTooLate();
    this.world.moveBackend(`${this.world.backend.instance}, moved`);
    await this.forgetReopened();
  }

  /**
   * A ticket that the store lost when it was emptied, and that a person opened again since, is adopted like any other. One
   * that is closed as far as known is closed again: that a person opened it does not show at a new address.
   */
  private async forgetReopened(): Promise<void> {
    const known = await knownToStandOpen(this.world);
    for (const [id, wish] of this.wishes) if (wish === 'open' && !known.has(id)) this.wishes.delete(id);
  }

  /**
   * What only the lost store could know counts no more: that a person opened a ticket again, which now is like any other
   * that stands open; and of a create that comes too late, that it was ever made.
   */
  private emptyStore(): void {
    this.world.backend.commitLate();
    this.world.backend.commitTooLate();
    this.world.emptyStore();
    for (const [id, wish] of this.wishes) if (wish === 'open') this.wishes.delete(id);
  }

  /** A fault of one method waits for a call of it; any other meets the next call, whatever that is. */
  private nextFault(call: BackendCall): Fault | null {
    const at = this.faults.findIndex((name) => {
      if (name === 'forbidden-explain') return call.method === 'obstaclesTo';
      return name !== 'too-late' || call.method === 'open';
    });
    const [name] = at === -1 ? [] : this.faults.splice(at, 1);
    return name === undefined ? null : faultOf(name);
  }

  private async hear(body: ReceivedAlert[], settle: boolean): Promise<void> {
    this.bodies.push(body);
    await this.world.post(...body);
    if (settle) await this.world.settle();
  }

  /** People act when all is quiet, and not within the half minute in which nobody looks. */
  private async person(act: PersonAct, pick: number): Promise<void> {
    await this.quiet();
    this.world.clock.advance(MINUTE);
    const turn = act === 'reopens' ? 'closed' : 'open';
    const ours = this.world.backend.tickets().filter((ticket) => ticket.keyLine !== null);
    const fit = ours.filter((ticket) => ticket.status === turn);
    const tickets = fit.length > 0 ? fit : ours;
    const ticket = tickets[pick % Math.max(1, tickets.length)];
    if (ticket === undefined || !this.acts(act, ticket.id)) return;
    this.touched.add(ticket.id);
    this.count(`person ${act}`);
  }

  private acts(act: PersonAct, id: string): boolean {
    const { backend } = this.world;
    switch (act) {
      case 'closes':
        return this.wish(id, 'closed', backend.personCloses(id));
      case 'resolves':
        this.wishes.delete(id);
        this.turned.add(id);
        return backend.personResolves(id);
      case 'reopens': {
        const wasClosed = backend.tickets().find((ticket) => ticket.id === id)?.status === 'closed';
        return this.wish(id, 'open', wasClosed && backend.personReopens(id));
      }
      case 'deletes':
        for (const child of backend.tickets()) if (child.parentId === id) this.touched.add(child.id);
        backend.personDeletes(id);
        return this.wish(id, 'gone', true);
      case 'strips':
        backend.personStripsKeyLine(id);
        // A process compares the key line before its first write to a ticket; what happens later, polling finds.
        this.world.restart();
        this.writesAtTakeOver.set(id, backend.writes.filter((write) => write.id === id).length);
        return this.wish(id, 'untouched', true);
      case 'copies': {
        const copy = backend.personCopies(id);
        if (copy !== null) this.touched.add(copy);
        return copy !== null && this.wish(copy, 'open', true);
      }
      case 'adds-subtask':
        return backend.personAddsSubtask(id) !== null;
    }
  }

  private wish(id: string, wish: PersonsWish, done: boolean): boolean {
    if (!done) return false;
    const status = wish === 'open' || wish === 'closed';
    // Closed and opened again between two looks cannot be seen: nobody can tell that a person was there.
    if (status && this.turned.has(id)) this.wishes.delete(id);
    else this.wishes.set(id, wish);
    if (status) this.turned.add(id);
    return true;
  }

  private count(what: string): void {
    this.happened.set(what, (this.happened.get(what) ?? 0) + 1);
  }
}
