import { TicketBackendError } from '../../../src/application/ports/ticket-backend-error.js';
import { firing, MINUTE } from '../builders/alerts.js';
import type { BackendCall, Fault } from '../in-memory-ticket-backend/fault.js';
import { World } from './world.js';

export const LATE: Fault = { kind: 'too-late' };
export const DOWN: Fault = {
  kind: 'error',
  error: new TicketBackendError('It is down.', { reason: 'unavailable', retryable: true, effect: 'none' }),
};

/** A world in which calls of a method go wrong one after the other: null lets one through, and so does the end. */
export class SweptWorld extends World {
  readonly calls: BackendCall[] = [];
  readonly faults = new Map<BackendCall['method'], (Fault | null)[]>();

  constructor() {
    super({}, { fault: (call) => this.faultFor(call) });
  }

  count(method: BackendCall['method']): number {
    return this.calls.filter((call) => call.method === method).length;
  }

  events(): readonly string[] {
    return this.commits.flatMap(({ events }) => events.map((event) => event.kind));
  }

  /** Lets time pass in steps of a minute, sweeping whenever it is time to. */
  async passSweeping(minutes: number): Promise<void> {
    for (let minute = 0; minute < minutes; minute += 1) {
      await this.pass(MINUTE);
      await this.sweep();
    }
  }

  private faultFor(call: BackendCall): Fault | null {
    this.calls?.push(call);
    return this.faults?.get(call.method)?.shift() ?? null;
  }
}

/** The create of A went unanswered; it was made anew, and came all the same: #1 and #2, or #2 and #3 under root #1. */
export async function aLateCopy(root: 'is A' | 'is another' = 'is A'): Promise<SweptWorld> {
  const world = new SweptWorld();
  if (root === 'is another') await world.hear(firing('R'));
  await world.sweep();
  world.faults.set('open', [LATE]);
  await world.hear(firing('A'));
  await world.passSweeping(5);
  world.backend.commitTooLate();
  return world;
}

/** Ids of the tickets that stand open. */
export const open = (world: World): readonly string[] =>
  world.backend.tickets().flatMap(({ id, status }) => (status === 'closed' ? [] : id));
